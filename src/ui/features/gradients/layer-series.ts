import type { NormSlot } from '../../../model/norm-slots';
import { MOST_POINTS, trainableLayers, type LayerSlots } from '../../kit/plot/curves';
import { gradientSeries } from '../../parts/charts/gradient-curves';
import type { LayerSeries } from '../../parts/charts/layer-curves';
import type { DiagnosticsRow } from '../../stores/diagnostics-store';
import type { SeriesRow } from '../../kit/plot/series';
import { QUANTITIES, type QuantityName } from '../../parts/charts/quantities';

/** What is known of a run. */
export interface Run {
  rows: readonly SeriesRow[];
  normSlots: readonly NormSlot[];
  looks: readonly DiagnosticsRow[];
}

/**
 * All layers that have a gradient norm, in depth order: the norm of their weights' gradient or, if
 * they have no weights to train, of dL/d(output).
 */
export function layersWithNorms(normSlots: readonly NormSlot[]): (LayerSlots & { of: 'weights' | 'output' })[] {
  const trained = new Map(trainableLayers(normSlots).map((each) => [each.layer, each.slots]));
  const layers = [...new Set(normSlots.map(({ layer }) => layer))];
  return layers.map((layer) => {
    const slots = trained.get(layer);
    if (slots) return { layer, slots, of: 'weights' };
    return { layer, slots: [normSlots.findIndex((slot) => slot.layer === layer)], of: 'output' };
  });
}

/** One quantity of every layer that has it, in depth order, with at most `most` points. */
export function layerSeries(name: QuantityName, { rows, normSlots, looks }: Run, most = MOST_POINTS): LayerSeries {
  const { of } = QUANTITIES[name];
  if (!of) return gradientSeries(rows, layersWithNorms(normSlots), most);
  const stride = Math.max(1, Math.ceil(looks.length / most));
  // Looks are single steps, not means, so taking every n-th loses nothing else. Counted from the
  // end, so the newest is included.
  const chosen = looks.filter((_, i) => (looks.length - 1 - i) % stride === 0);
  const layers = (looks.at(-1)?.layers ?? []).map(({ layer }) => layer);
  const values = layers.map((_, l) => chosen.map((look) => (look.layers[l] ? of(look.layers[l]) : null)));
  const present = values.map((line) => line.some((value) => value !== null));
  return {
    layers: layers.filter((_, l) => present[l]),
    steps: chosen.map(({ step }) => step),
    firsts: chosen.map(({ step }) => step),
    values: values.filter((_, l) => present[l]),
  };
}

/** How many steps the recent range covers. */
const RECENT_STEPS = 500;

/** The looks at the last 500 steps. */
export function recentLooks(looks: readonly DiagnosticsRow[]): readonly DiagnosticsRow[] {
  const last = looks.at(-1)?.step ?? 0;
  return looks.filter(({ step }) => step > last - RECENT_STEPS);
}
