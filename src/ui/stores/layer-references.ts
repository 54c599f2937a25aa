import type { LayerSpec } from '../../model/layers';
import { removedId } from '../../model/resolve';
import { kindOf, layerIds } from '../../model/spec';
import type { StackLayer } from './model-store';

/**
 * Layers refer to others by their ids, which are numbered by position. Rewrites the references of a stack that was rearranged, so
 * that each still means the same layer. One whose layer is gone is marked as such.
 * @param before the stack that the references in `after` were written for
 */
export function keepReferences(before: readonly StackLayer[], after: readonly StackLayer[]): StackLayer[] {
  const idsOf = (layers: readonly StackLayer[]) => layerIds(layers.map(({ spec }) => spec));
  const idsBefore = idsOf(before);
  const idsAfter = idsOf(after);
  const renamed = (id: string) => {
    const target = before[idsBefore.indexOf(id)];
    if (!target) return id;
    const index = after.findIndex(({ uid }) => uid === target.uid);
    return index < 0 ? removedId(id) : idsAfter[index];
  };
  return after.map((layer) => {
    const changes = referencesOf(layer.spec).flatMap(([field, id]) => (renamed(id) === id ? [] : [[field, renamed(id)]]));
    return changes.length === 0 ? layer : { uid: layer.uid, spec: { ...layer.spec, ...Object.fromEntries(changes) } as LayerSpec };
  });
}

/** Names of the fields that hold ids of other layers, with their values. */
export function referencesOf(spec: LayerSpec): [field: string, id: string][] {
  const values = spec as Record<string, unknown>;
  return Object.entries(kindOf(spec.kind).fields).flatMap(([name, { type }]) => (type === 'layer' ? [[name, values[name] as string]] : []));
}
