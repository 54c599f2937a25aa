import { z } from 'zod';
import { PlaygroundError } from '../errors';

/** Hyper-parameters of the optimizer. Names and defaults are Keras's. */
export type OptimizerSettings =
  | { kind: 'sgd'; learningRate: number }
  | { kind: 'momentum'; learningRate: number; momentum: number }
  | { kind: 'adam'; learningRate: number; beta1: number; beta2: number; epsilon: number };

export type OptimizerKind = OptimizerSettings['kind'];

/** Everything about a run that is not the network. `learningRate` may change while it runs; the rest begins a new run. */
export interface TrainSettings {
  batchSize: number;
  /** Share of the training images held back for validation, 0..0.9. */
  validationSplit: number;
  seed: number;
  optimizer: OptimizerSettings;
}

const learningRate = z.number().min(0).max(1e6);
const fraction = z.number().min(0).lt(1);
const optimizerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sgd'), learningRate: learningRate.default(0.01) }),
  z.strictObject({ kind: z.literal('momentum'), learningRate: learningRate.default(0.01), momentum: fraction.default(0.9) }),
  z.strictObject({
    kind: z.literal('adam'),
    learningRate: learningRate.default(0.001),
    beta1: fraction.default(0.9),
    beta2: fraction.default(0.999),
    epsilon: z.number().positive().default(1e-7),
  }),
]);

const settingsSchema = z.strictObject({
  batchSize: z.int().min(1).max(4096),
  validationSplit: z.number().min(0).max(0.9),
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
  optimizer: optimizerSchema,
});

export const DEFAULT_SETTINGS: TrainSettings = {
  batchSize: 128,
  validationSplit: 0.1,
  seed: 1,
  optimizer: { kind: 'adam', learningRate: 3e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
};

/**
 * The settings after a change. A change of optimizer kind starts from that kind's defaults; within a kind, fields not
 * mentioned stay.
 * @throws PlaygroundError naming the field.
 */
export function changeSettings(current: TrainSettings, change: unknown): TrainSettings {
  const given = (change ?? {}) as Record<string, unknown>;
  const optimizer = { ...((given.optimizer ?? {}) as Record<string, unknown>) };
  const sameKind = optimizer.kind === undefined || optimizer.kind === current.optimizer.kind;
  const merged = { ...current, ...given, optimizer: sameKind ? { ...current.optimizer, ...optimizer } : optimizer };
  const result = settingsSchema.safeParse(merged);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue.code === 'unrecognized_keys' ? issue.keys[0] : issue.path.join('.');
  const what = issue.code === 'unrecognized_keys' ? 'there is no such setting.' : `${issue.message}.`;
  throw new PlaygroundError(what, { where: { field } });
}
