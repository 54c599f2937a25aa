import type { Shape } from '../../model/layer-kind';
import type { LayerReport } from '../../model/resolve';

export interface SkipSource {
  id: string;
  shape: Shape;
}

/**
 * The earlier layers that layer `index` can take as its second input: those whose output has the shape of its own input. None while
 * a problem before it leaves shapes open.
 */
export function skipSources(reports: readonly LayerReport[], index: number): SkipSource[] {
  const wanted = reports[index - 1]?.resolved?.outputShape;
  if (!wanted) return [];
  return reports.slice(0, index).flatMap(({ id, resolved }) => {
    const fits = resolved?.outputShape.join() === wanted.join();
    return resolved && fits ? [{ id, shape: resolved.outputShape }] : [];
  });
}

/** What a new layer takes: the nearest one that fits, past the layer directly before it (whose output it has already). */
export function nearestSkipSource(reports: readonly LayerReport[], index: number): string {
  const before = reports[index - 1]?.id;
  return skipSources(reports, index).findLast(({ id }) => id !== before)?.id ?? '';
}
