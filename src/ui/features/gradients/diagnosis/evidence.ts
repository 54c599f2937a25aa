import { at } from '../../../../at';
import type { InputScaling } from '../../../../model/input-scaling';
import type { NormSlot } from '../../../../model/norm-slots';
import { combinedNorm, trainableLayers } from '../../../kit/plot/curves';
import type { DiagnosticsRow } from '../../../stores/diagnostics-store';
import type { SeriesRow } from '../../../kit/plot/series';
import { updateRatio } from '../../../parts/charts/quantities';

/**
 * What a diagnosis is based on: medians over the last steps, so a single odd batch does not decide.
 */
export interface Evidence {
  runId: number;
  step: number;
  /** Whether steps are still being done. */
  running: boolean;
  classes: number;
  /** Of the network in training; left out where it is the default. */
  inputScaling?: InputScaling;
  /** The first number that was not finite, and its layer (null for the loss). */
  fault: { step: number; layer: string | null } | null;
  /** Over how many of the last steps loss and accuracy are averaged. */
  averaged: number;
  /** Mean over the last steps; null before there are enough. */
  loss: number | null;
  accuracy: number | null;
  /** The layers with trained weights, in depth order. */
  gradients: { layer: string; norm: number }[];
  /** All layers, in depth order. */
  layers: LayerEvidence[];
}

export interface LayerEvidence {
  layer: string;
  /** The channels or units of the layer's output, if known. */
  units: number | undefined;
  /** Null for a layer without weights. */
  weightNorm: number | null;
  updateRatio: number | null;
  activationStd: number;
  deadUnits: number | null;
  saturated: number | null;
}

/** How many recent steps and looks are taken together. */
const [RECENT_ROWS, RECENT_LOOKS] = [20, 5];
/** Before this many steps there is no diagnosis: the first steps of Adam are always large. */
export const FEWEST_STEPS = 10;

interface Seen {
  runId: number;
  /** The last steps, oldest first. */
  rows: readonly SeriesRow[];
  normSlots: readonly NormSlot[];
  looks: readonly DiagnosticsRow[];
  running: boolean;
  classes: number;
  inputScaling?: InputScaling;
  /** The step that stopped the run, and its layer; none if the loss overflowed first. */
  halted: { step: number; layer: string } | null;
  /** Channels or units by layer. */
  units: Readonly<Record<string, number>>;
}

/** Gathers what the rules look at. */
export function gatherEvidence(seen: Seen): Evidence {
  const { runId, rows, normSlots, looks, running, classes, inputScaling, halted, units } = seen;
  const recent = rows.slice(-RECENT_ROWS);
  const lastLooks = looks.slice(-RECENT_LOOKS);
  const enough = rows.length >= FEWEST_STEPS;
  const gradients = trainableLayers(normSlots).map(({ layer, slots }) => {
    return { layer, norm: median(recent.map((row) => combinedNorm(row.norms, slots))) };
  });
  const layers = (lastLooks.at(-1)?.layers ?? []).map(({ layer }, l): LayerEvidence => {
    const over = (of: (look: DiagnosticsRow['layers'][number]) => number | null) =>
      medianOf(lastLooks.map((look) => of(at(look.layers, l))));
    return {
      layer,
      units: units[layer],
      weightNorm: over(({ weightNorm }) => weightNorm),
      updateRatio: over(updateRatio),
      activationStd: over(({ activationStd }) => activationStd) ?? 0,
      deadUnits: over((look) => look.deadUnits),
      saturated: over((look) => look.saturated),
    };
  });
  return {
    runId,
    step: Math.max(rows.at(-1)?.step ?? 0, looks.at(-1)?.step ?? 0),
    running,
    classes,
    inputScaling,
    fault: halted ? { step: halted.step, layer: halted.layer || null } : firstFault(recent, normSlots),
    averaged: recent.length,
    loss: enough ? mean(recent.map((row) => row.loss)) : null,
    accuracy: enough ? mean(recent.map((row) => row.accuracy)) : null,
    gradients: enough ? gradients : [],
    layers: enough ? layers : [],
  };
}

/**
 * The first row with a norm or loss that is not finite. The gradient goes backward, so the last
 * such layer was the first to be affected.
 */
function firstFault(rows: readonly SeriesRow[], normSlots: readonly NormSlot[]): Evidence['fault'] {
  const row = rows.find(({ loss, norms }) => !Number.isFinite(loss) || norms.some((norm) => !Number.isFinite(norm)));
  if (!row) return null;
  const slot = row.norms.findLastIndex((norm) => !Number.isFinite(norm));
  return { step: row.step, layer: normSlots[slot]?.layer ?? null };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The median of values in any order; NaN for none. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  if (sorted.length === 0) return NaN;
  return (at(sorted, (sorted.length - 1) >> 1) + at(sorted, sorted.length >> 1)) / 2;
}

function medianOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value));
  return known.length === 0 ? null : median(known);
}
