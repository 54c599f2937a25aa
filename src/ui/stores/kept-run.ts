import { z } from 'zod';
import { BACKENDS, FALLBACK } from '../../backend/backends';
import type { Split } from '../../data/dataset';
import type { NormSlot } from '../../model/norm-slots';
import { resolveModel } from '../../model/resolve';
import { changeSettings, DEFAULT_SETTINGS, type TrainSettings } from '../../model/settings';
import { parseModelSpec, type ModelSpec } from '../../model/spec';
import type { WeightSource } from '../../train/wire/protocol';
import { sourceOf } from './run-machine/selectors';
import { useRunStore } from './run-store';
import type { SeriesRow } from '../kit/plot/series';
import { useSeriesStore } from './series-store';

/** The result of a run on the images of a split. */
export interface KeptEvaluation {
  split: Split;
  step: number;
  loss: number;
  accuracy: number;
  images: number;
  whole: boolean;
}

/** A run kept for comparison with others: what was trained, how, and with what results. */
export interface KeptRun {
  id: string;
  name: string;
  /** Milliseconds since 1970. */
  keptAt: number;
  /** True if nobody asked to keep the run: it was kept because it ended after many steps. */
  byItself: boolean;
  model: ModelSpec;
  settings: TrainSettings;
  /** Where the first weights came from, `fresh` if they were drawn; missing in runs of version 0.1. */
  firstWeights?: FirstWeights;
  parameters: number;
  dataset: string;
  backend: string;
  steps: number;
  epoch: number;
  msPerStep: number;
  examplesPerSecond: number;
  /** The meaning of each entry of a row's `norms`. */
  normSlots: NormSlot[];
  /** Oldest first. */
  rows: SeriesRow[];
  evaluations: KeptEvaluation[];
}

const FIRST_WEIGHTS = ['fresh', 'pretrained', 'restored', 'file', 'kept', 'set'] as const satisfies readonly (
  WeightSource | 'fresh'
)[];
export type FirstWeights = (typeof FIRST_WEIGHTS)[number];

const MOST_EVALUATIONS = 100;

/**
 * The present run as the stores hold it; null before its first step.
 * @param nameOf makes the run's name from the network's name
 */
export function presentRun(nameOf: (network: string) => string = () => 'Present run'): KeptRun | null {
  const run = useRunStore.getState();
  const { network, settings, data } = run.machine.run;
  const rows = useSeriesStore.getState().full();
  if (rows.length === 0 || !network) return null;
  return {
    id: 'present',
    name: nameOf(network.spec.name),
    keptAt: Date.now(),
    byItself: false,
    model: network.spec,
    settings,
    firstWeights: sourceOf(run) ?? 'fresh',
    parameters: resolveModel(network.spec).parameters,
    dataset: data?.name ?? '',
    backend: run.backend === FALLBACK ? BACKENDS[FALLBACK].short : run.adapter,
    steps: run.step,
    epoch: run.epoch,
    msPerStep: run.msPerStep,
    examplesPerSecond: run.examplesPerSecond,
    normSlots: run.normSlots,
    rows,
    evaluations: run.evaluations
      .slice(-MOST_EVALUATIONS)
      .map(({ split, step, result: { loss, accuracy }, images, whole }) => {
        return { split, step, loss, accuracy, images, whole };
      }),
  };
}

/**
 * The present run in the form in which it is kept; null before its first step.
 * @param before the kept run that already records it, if any; its name stays
 */
export function recordRun(before: KeptRun | undefined, others: readonly KeptRun[], byItself: boolean): KeptRun | null {
  const run = presentRun((network) => before?.name ?? freeName(network, others));
  if (!run) return null;
  return {
    ...run,
    id: before?.id ?? crypto.randomUUID(),
    byItself: before ? before.byItself : byItself,
    rows: run.rows.map(rounded),
  };
}

/** The first name not taken yet: `LeNet-5`, `LeNet-5 (2)`, ... */
export function freeName(name: string, others: readonly { name: string }[]): string {
  const taken = new Set(others.map((other) => other.name));
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name} (${number})`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** Five significant digits are enough for curves, and the browser's storage is small. */
const short = (value: number) => (Number.isFinite(value) ? Number(value.toPrecision(5)) : value);

function rounded({ loss, accuracy, norms, ...steps }: SeriesRow): SeriesRow {
  return { ...steps, loss: short(loss), accuracy: short(accuracy), norms: norms.map(short) };
}

/** JSON has no NaN and no infinity: both are written as null, and null is read as NaN. */
const figure = z
  .number()
  .nullable()
  .transform((value) => value ?? NaN);
const count = z.int().nonnegative();

const runSchema = z.object({
  id: z.string().min(1),
  name: z.string().max(200),
  keptAt: z.number(),
  byItself: z.boolean(),
  model: z.unknown(),
  settings: z.unknown(),
  firstWeights: z.enum(FIRST_WEIGHTS).optional(),
  parameters: count,
  dataset: z.string(),
  backend: z.string(),
  steps: count,
  epoch: count,
  msPerStep: figure,
  examplesPerSecond: figure,
  normSlots: z.array(z.object({ layer: z.string(), tensor: z.string() })),
  rows: z.array(z.unknown()).min(1),
  evaluations: z.array(
    z.object({
      split: z.enum(['train', 'validation', 'test']),
      step: count,
      loss: figure,
      accuracy: figure,
      images: count,
      whole: z.boolean(),
    }),
  ),
});

const number = (json: unknown) => (typeof json === 'number' ? json : NaN);

/**
 * Reads a row without zod: rows hold nearly all of the numbers, and the page opens only after they
 * are read.
 * @throws Error if `json` is not a row
 */
function readRow(json: unknown): SeriesRow {
  const { first, step, loss, accuracy, norms } = json as Partial<Record<keyof SeriesRow, unknown>>;
  if (!Number.isInteger(step) || !Array.isArray(norms)) throw new Error('not a row');
  const begins = Number.isInteger(first) && { first: first as number };
  return { ...begins, step: step as number, loss: number(loss), accuracy: number(accuracy), norms: norms.map(number) };
}

/** The runs that the browser had stored. Anything that is not a run of this version is left out. */
export function readKeptRuns(stored: unknown): KeptRun[] {
  const runs =
    stored && typeof stored === 'object' && 'runs' in stored && Array.isArray(stored.runs) ? stored.runs : [];
  return runs.flatMap((json: unknown) => {
    try {
      const run = runSchema.parse(json);
      const model = parseModelSpec(run.model);
      resolveModel(model);
      const settings = changeSettings(DEFAULT_SETTINGS, run.settings);
      return [{ ...run, model, settings, normSlots: run.normSlots as NormSlot[], rows: run.rows.map(readRow) }];
    } catch {
      return [];
    }
  });
}
