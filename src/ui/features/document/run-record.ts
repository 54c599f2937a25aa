import { createStore, get, set } from 'idb-keyval';
import type { Split } from '../../../data/dataset';
import type { Weights } from '../../../model/initialize';
import { withoutLiveSettings } from '../../../model/live-settings';
import type { TrainSettings } from '../../../model/settings';
import type { ModelSpec } from '../../../model/spec';
import type { OptimizerState, RemovedWeightsRecord } from '../../../train/wire/protocol';
import type { DiagnosticsRecord } from '../../stores/diagnostics-series';
import type { EvaluationPoint } from '../../stores/run-store';
import type { SeriesRecord } from '../../kit/plot/series';

/** A run in the middle of its training, as it is stored between two visits. */
export interface RunRecord {
  version: 1;
  id: string;
  /** Identifies what the run trains, see {@link runKey}. */
  key: string;
  /**
   * The trained network, which may differ from the stack on the page. Records of earlier versions
   * do not have it.
   */
  model?: ModelSpec;
  step: number;
  weights: Weights;
  /** Records of earlier versions do not have it. */
  optimizer?: OptimizerState;
  series: SeriesRecord;
  /** Records of earlier versions do not have it. */
  diagnostics?: DiagnosticsRecord;
  evaluations: EvaluationPoint[];
  lastEvaluation: Partial<Record<Split, EvaluationPoint>>;
}

/**
 * A key that is equal for two runs if one can continue with the weights of the other. It leaves out
 * the live settings, which may change during a run. It sorts the fields, because a document may
 * have them in another order than the page.
 */
export function runKey({ input, inputScaling, layers }: ModelSpec, settings: TrainSettings): string {
  const { optimizer, ...rest } = withoutLiveSettings(settings);
  // Left out where it is the default, so that the keys of earlier versions are still found.
  const scaling = inputScaling ? [inputScaling] : [];
  return JSON.stringify([input, ...scaling, layers.map(inOrder), inOrder(rest), inOrder(optimizer)]);
}

const inOrder = (fields: object) => Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));

/** All tabs share this one key, so the tab that writes last wins. */
const PLACE = 'run';
const place = () => createStore('cnn-playground', 'runs');

/** Reads the run with this id. Null if it is no longer stored, or cannot be read. */
export async function readRun(id: string): Promise<RunRecord | null> {
  try {
    const record = await get<Partial<RunRecord>>(PLACE, place());
    return record && isRun(record) && record.id === id ? record : null;
  } catch {
    return null;
  }
}

/** Stores a run. Rejects with the error of the storage if the storage is blocked or full. */
export const writeRun = (record: RunRecord): Promise<void> => set(PLACE, record, place());

/** The name is old: earlier versions stored the removed weights under it too. */
const REMOVED_WEIGHTS = 'put-away';

/** Reads what {@link writeRemovedWeights} stored; null if there is nothing. */
export const readRemovedWeights = (): Promise<unknown> =>
  get<unknown>(REMOVED_WEIGHTS, place()).then(
    (kept) => kept ?? null,
    () => null,
  );

/**
 * Stores the weights of layers that edits removed, for the undo history that is restored with the
 * page. Rejects like {@link writeRun}.
 */
export const writeRemovedWeights = (layers: RemovedWeightsRecord): Promise<void> =>
  set(REMOVED_WEIGHTS, layers, place());

/**
 * Checks the fields that another version may have written differently. The weights are checked when
 * they are given to a network.
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
