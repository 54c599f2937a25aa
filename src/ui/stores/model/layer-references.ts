import type { LayerSpec } from '../../../model/layers';
import { idsOf, withReferences } from '../../../model/editing/references';
import { offId } from '../../../model/resolve';
import type { StackLayer } from './stack-layer';

/**
 * The layers that are on, in the order of the network, and with its ids in their references. In the
 * stack references count all layers, so that switching one off and on again changes none of them.
 * One to a layer that is off means what flows there: the output of the active layer before it.
 */
export function activeSpecs(layers: readonly StackLayer[]): LayerSpec[] {
  const active = layers.filter(({ bypassed }) => !bypassed);
  if (active.length === layers.length) return layers.map(({ spec }) => spec);
  const stackIds = idsOf(layers);
  const ids = idsOf(active);
  const renamed = (id: string) => {
    const at = stackIds.indexOf(id);
    if (at < 0) return id;
    const source = layers.slice(0, at + 1).findLast(({ bypassed }) => !bypassed);
    return source ? ids[active.indexOf(source)] : offId(id);
  };
  return active.map(({ spec }) => withReferences(spec, renamed));
}

/** The other way round: a layer made for the network, with the ids that the stack uses. */
export function withStackReferences(spec: LayerSpec, layers: readonly StackLayer[]): LayerSpec {
  const active = layers.filter(({ bypassed }) => !bypassed);
  const stackIds = idsOf(layers);
  const ids = idsOf(active);
  return withReferences(spec, (id) => stackIds[layers.indexOf(active[ids.indexOf(id)])] ?? id);
}
