import { at } from '../../at';
import type { Shape } from '../shape';
import type { LayerReport } from '../resolve';

export interface SkipSource {
  /** Place in the stack. */
  index: number;
  id: string;
  shape: Shape;
  /**
   * Whether its output has the shape of the layer's first input. Only such outputs can be added.
   */
  fits: boolean;
  /** Whether its output already is the layer's first input. */
  direct: boolean;
}

/** The reports on all layers of a stack, including the layers that are off. */
export type StackReports = readonly (LayerReport & { bypassed?: true })[];

/**
 * The active layers before layer `index`, as choices for its second input. The list is empty if no
 * layer comes before it, or if an earlier problem leaves the shape of its input unknown.
 */
export function skipSources(reports: StackReports, index: number): SkipSource[] {
  const wanted = reports[index - 1]?.resolved?.outputShape;
  if (!wanted) return [];
  const before = reports.slice(0, index);
  const last = before.findLastIndex(({ bypassed }) => !bypassed);
  return before.flatMap(({ id, resolved, bypassed }, i) => {
    if (!resolved || bypassed) return [];
    const shape = resolved.outputShape;
    return [{ index: i, id, shape, fits: shape.join() === wanted.join(), direct: i === last }];
  });
}

/**
 * The id of the second input of a new layer: the nearest earlier layer that fits, except the layer
 * directly before it, whose output is already its first input. Empty if no layer fits.
 * @param ids ids of the layers; if left out, the ids of their reports
 */
export function nearestSkipSource(reports: StackReports, index: number, ids = reports.map(({ id }) => id)): string {
  const nearest = skipSources(reports, index).findLast(({ fits, direct }) => fits && !direct);
  return nearest ? at(ids, nearest.index) : '';
}
