import { createStore, get, set } from 'idb-keyval';
import type { Split } from '../../../data/dataset';
import type { Weights } from '../../../model/initialize';
import { withoutLiveSettings } from '../../../model/live-settings';
import type { TrainSettings } from '../../../model/settings';
import type { ModelSpec } from '../../../model/spec';
import type { OptimizerState, PutAway } from '../../../train/wire/protocol';
import type { DiagnosticsRecord } from '../../stores/diagnostics-series';
import type { EvaluationPoint } from '../../stores/run-store';
import type { SeriesRecord } from '../../kit/plot/series';

/** A run in the middle of its training, as it is kept between two visits. */
export interface RunRecord {
  version: 1;
  id: string;
  /** What it is a run of, see {@link runKey}. */
  key: string;
  /**
   * The network that was trained: the stack on the page may be another one. Not in records of
   * earlier versions.
   */
  model?: ModelSpec;
  step: number;
  weights: Weights;
  /** Not in records of earlier versions. */
  optimizer?: OptimizerState;
  series: SeriesRecord;
  /** Not in records of earlier versions. */
  diagnostics?: DiagnosticsRecord;
  evaluations: EvaluationPoint[];
  lastEvaluation: Partial<Record<Split, EvaluationPoint>>;
}

/**
 * The same for two runs where the weights of one can go on as those of the other: live settings may
 * change in a run. What was read from a document need not have its fields in the order of what was
 * set on the page.
 */
export function runKey({ input, layers }: ModelSpec, settings: TrainSettings): string {
  const { optimizer, ...rest } = withoutLiveSettings(settings);
  return JSON.stringify([input, layers.map(inOrder), inOrder(rest), inOrder(optimizer)]);
}

const inOrder = (fields: object) => Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));

/** One place, whatever the number of tabs: the last one wins. */
const PLACE = 'run';
const place = () => createStore('cnn-playground', 'runs');

/** The run kept under this id; null where it is not there any more, or cannot be read. */
export async function readRun(id: string): Promise<RunRecord | null> {
  try {
    const record = await get<Partial<RunRecord>>(PLACE, place());
    return record && isRun(record) && record.id === id ? record : null;
  } catch {
    return null;
  }
}

/** Rejects with what the storage says: it may be blocked, or full. */
export const writeRun = (record: RunRecord): Promise<void> => set(PLACE, record, place());

const PUT_AWAY = 'put-away';

/** What {@link writePutAway} kept; null where there is nothing. */
export const readPutAway = (): Promise<unknown> =>
  get<unknown>(PUT_AWAY, place()).then(
    (kept) => kept ?? null,
    () => null,
  );

/**
 * Keeps the weights of layers that edits took away, for the history that comes back with the page.
 * Rejects as {@link writeRun} does.
 */
export const writePutAway = (layers: PutAway): Promise<void> => set(PUT_AWAY, layers, place());

/**
 * What another version may have written differently. The weights are checked where they meet their
 * network.
 */
function isRun(record: Partial<RunRecord>): record is RunRecord {
  const { version, id, key, step, weights, series, diagnostics, evaluations, lastEvaluation } = record;
  const texts = version === 1 && typeof id === 'string' && typeof key === 'string' && typeof step === 'number';
  const curves = Array.isArray(series?.rows) && Array.isArray(series.latest) && typeof series.stride === 'number';
  const looks =
    !diagnostics || (Array.isArray(diagnostics.figures?.items) && Array.isArray(diagnostics.histograms?.items));
  return (
    texts &&
    curves &&
    looks &&
    Array.isArray(evaluations) &&
    typeof lastEvaluation === 'object' &&
    typeof weights === 'object'
  );
}
