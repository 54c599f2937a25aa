import type { Shape } from '../../model/layer-kind';
import type { LayerReport } from '../../model/resolve';

export interface SkipSource {
  id: string;
  shape: Shape;
  /** Its output has the shape of the layer's own input, as it must. */
  fits: boolean;
  /** It is the layer's own input. */
  direct: boolean;
}

/** The earlier layers of layer `index`, as choices for its second input. None while a problem before it leaves shapes open. */
export function skipSources(reports: readonly LayerReport[], index: number): SkipSource[] {
  const wanted = reports[index - 1]?.resolved?.outputShape;
  if (!wanted) return [];
  return reports.slice(0, index).flatMap(({ id, resolved }, i) => {
    if (!resolved) return [];
    const shape = resolved.outputShape;
    return [{ id, shape, fits: shape.join() === wanted.join(), direct: i === index - 1 }];
  });
}

/** What a new layer takes: the nearest one that fits, past the layer directly before it (whose output it has already). */
export function nearestSkipSource(reports: readonly LayerReport[], index: number): string {
  return skipSources(reports, index).findLast(({ fits, direct }) => fits && !direct)?.id ?? '';
}
