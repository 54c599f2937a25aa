import { at } from '../../at';
import type { Shape } from '../shape';
import type { LayerReport } from '../resolve';

export interface SkipSource {
  /** Place in the stack. */
  index: number;
  id: string;
  shape: Shape;
  /** Its output has the shape of the layer's own input, as it must. */
  fits: boolean;
  /** It is the layer's own input. */
  direct: boolean;
}

/** What is known of each layer of a stack, those that are off included. */
export type StackReports = readonly (LayerReport & { bypassed?: true })[];

/**
 * The earlier layers of layer `index` that are on, as choices for its second input. None while a
 * problem before it leaves shapes open.
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
 * The second input of a new layer: the nearest earlier layer that fits, except the layer directly
 * before it, whose output is already its first input.
 * @param ids ids of the layers; if left out, the ids of their reports
 */
export function nearestSkipSource(reports: StackReports, index: number, ids = reports.map(({ id }) => id)): string {
  const nearest = skipSources(reports, index).findLast(({ fits, direct }) => fits && !direct);
  return nearest ? at(ids, nearest.index) : '';
}
