import { z } from 'zod';
import { at } from '../at';
import { PlaygroundError, required } from '../errors';
import type { Fields, IntegerField } from './fields';
import { OPTIMIZERS, type HyperParameter, type OptimizerInfo, type OptimizerSettings } from './optimizers';
import { fieldSchema } from './spec';

export type { OptimizerKind, OptimizerSettings } from './optimizers';

/**
 * All settings of a run besides the network. `learningRate` may change during a run; a change of
 * any other setting begins a new run.
 */
export interface TrainSettings {
  batchSize: number;
  /** Share of the training images held back for validation, 0..0.9. */
  validationSplit: number;
  seed: number;
  optimizer: OptimizerSettings;
  /**
   * Keras's `kernel_regularizer=L2(l2)` on every layer: adds `2 * l2 * w` to the gradients of all
   * tensors named `weight`; 0 for none. The loss reported is still the cross-entropy alone, while
   * Keras adds the penalty to the loss.
   */
  l2: number;
  /**
   * Keras's `global_clipnorm`: the largest L2 norm that all gradients together may have. If their
   * norm is larger, all are scaled down to it; 0 for no limit.
   */
  globalClipnorm: number;
}

/** The settings that are single numbers, in the order of the form. */
export const SETTING_FIELDS = {
  batchSize: {
    type: 'integer',
    label: 'Batch size',
    help: 'Images per step: the gradient is the mean over these images.',
    min: 1,
    max: 4096,
    default: 128,
  },
  validationSplit: {
    type: 'number',
    label: 'Validation split',
    help: 'Share of the training images held back to see how the network does on images it did not learn from.',
    min: 0,
    max: 0.9,
    step: 0.05,
    default: 0.1,
  },
  l2: {
    type: 'number',
    label: 'L2 (0 = off)',
    help:
      'Pulls the weights of all layers, but not the biases, towards 0. The loss shown stays the cross-entropy; ' +
      'Keras adds the penalty to its loss.',
    min: 0,
    max: 1e3,
    step: 1e-4,
    default: 0,
  },
  globalClipnorm: {
    type: 'number',
    label: 'Clip norm (0 = off)',
    help:
      'If the norm of all gradients together is larger than this, all are scaled down to it. ' +
      'The norms shown are those before scaling.',
    min: 0,
    max: 1e6,
    step: 0.1,
    default: 0,
  },
  seed: {
    type: 'integer',
    label: 'Seed',
    help: 'The same seed gives the same weights and the same order of images.',
    min: 0,
    max: 2 ** 32 - 1,
    default: 1,
  },
} as const satisfies Record<Exclude<keyof TrainSettings, 'optimizer'>, HyperParameter | IntegerField>;

const defaultsOf = (fields: Fields) =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field).default(field.default)]));

const [first, ...more] = Object.entries<OptimizerInfo>(OPTIMIZERS).map(([kind, { fields }]) =>
  z.strictObject({ kind: z.literal(kind), ...defaultsOf(fields) }),
);
const settingsSchema = z.strictObject({
  ...defaultsOf(SETTING_FIELDS),
  optimizer: z.discriminatedUnion('kind', [required(first, 'optimizer'), ...more]),
});

export const DEFAULT_SETTINGS: TrainSettings = {
  batchSize: 128,
  validationSplit: 0.1,
  seed: 1,
  optimizer: { kind: 'adam', learningRate: 3e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  l2: 0,
  globalClipnorm: 0,
};

/**
 * The settings after a change. A change to another optimizer kind starts from the defaults of that
 * kind. Without such a change, fields that are not mentioned keep their values.
 * @throws PlaygroundError naming the field.
 */
export function changeSettings(current: TrainSettings, change: unknown): TrainSettings {
  const given = (change ?? {}) as Record<string, unknown>;
  const optimizer = { ...((given.optimizer ?? {}) as Record<string, unknown>) };
  const sameKind = optimizer.kind === undefined || optimizer.kind === current.optimizer.kind;
  const merged = { ...current, ...given, optimizer: sameKind ? { ...current.optimizer, ...optimizer } : optimizer };
  const result = settingsSchema.safeParse(merged);
  // The schema comes from the same tables as the type, but TypeScript cannot see that from the
  // types of zod.
  if (result.success) return result.data as TrainSettings;
  throw problemOf(at(result.error.issues, 0));
}

function problemOf(issue: z.core.$ZodIssue): PlaygroundError {
  if (issue.code === 'unrecognized_keys') {
    const field = [...issue.path, issue.keys[0]].join('.');
    return new PlaygroundError('there is no such setting.', { where: { field } });
  }
  const where = { field: issue.path.join('.') };
  if (issue.code !== 'invalid_union') return new PlaygroundError(`${issue.message}.`, { where });
  return new PlaygroundError('there is no such optimizer.', {
    where,
    remedy: `Known kinds: ${Object.keys(OPTIMIZERS).join(', ')}.`,
  });
}
