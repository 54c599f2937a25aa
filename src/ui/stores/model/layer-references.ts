import { at } from '../../../at';
import type { LayerSpec } from '../../../model/layers';
import { idsOf, withReferences } from '../../../model/editing/references';
import { offId } from '../../../model/resolve';
import type { StackLayer } from './stack-layer';

/**
 * The active layers in the order of the network, with references that use the network's ids. In the
 * stack, references count all layers, so switching a layer off and on again changes no reference. A
 * reference to a layer that is off means the values at that place: the output of the active layer
 * before it.
 */
export function activeSpecs(layers: readonly StackLayer[]): LayerSpec[] {
  const active = layers.filter(({ bypassed }) => !bypassed);
  if (active.length === layers.length) return layers.map(({ spec }) => spec);
  const stackIds = idsOf(layers);
  const ids = idsOf(active);
  const renamed = (id: string) => {
    const index = stackIds.indexOf(id);
    if (index < 0) return id;
    const source = layers.slice(0, index + 1).findLast(({ bypassed }) => !bypassed);
    return source ? at(ids, active.indexOf(source)) : offId(id);
  };
  return active.map(({ spec }) => withReferences(spec, renamed));
}

/**
 * The reverse: takes a layer made for the network and gives its references the ids of the stack.
 */
export function withStackReferences(spec: LayerSpec, layers: readonly StackLayer[]): LayerSpec {
  const active = layers.filter(({ bypassed }) => !bypassed);
  const stackIds = idsOf(layers);
  const ids = idsOf(active);
  return withReferences(spec, (id) => {
    const layer = active[ids.indexOf(id)];
    return layer ? at(stackIds, layers.indexOf(layer)) : id;
  });
}
