import { removedId } from '../resolve';
import type { LayerSpec } from '../layers';
import { kindOf, layerIds } from '../spec';

/** A layer with a `uid`, which stays the same when the layer moves. */
interface Named<Uid> {
  uid: Uid;
  spec: LayerSpec;
}

/**
 * Layers refer to other layers by ids, which are numbered by position. After layers were
 * rearranged, this rewrites the references, so that each still means the same layer. A reference to
 * a layer that was removed is marked as such.
 * @param before the layers that the references in `after` were written for
 */
export function keepReferences<Uid, L extends Named<Uid>>(before: readonly L[], after: readonly L[]): L[] {
  const idsBefore = idsOf(before);
  const idsAfter = idsOf(after);
  const renamed = (id: string) => {
    const target = before[idsBefore.indexOf(id)];
    if (!target) return id;
    const index = after.findIndex(({ uid }) => uid === target.uid);
    return idsAfter[index] ?? removedId(id);
  };
  return after.map((layer) => {
    const spec = withReferences(layer.spec, renamed);
    return spec === layer.spec ? layer : { ...layer, spec };
  });
}

/** Ids by which the layers of one list refer to each other. */
export const idsOf = (layers: readonly { spec: LayerSpec }[]): string[] => layerIds(layers.map(({ spec }) => spec));

/** The layer with renamed references. Returns the same object if no reference changes. */
export function withReferences(spec: LayerSpec, renamed: (id: string) => string): LayerSpec {
  const changes = referencesOf(spec).flatMap(([field, id]) => (renamed(id) === id ? [] : [[field, renamed(id)]]));
  return changes.length === 0 ? spec : ({ ...spec, ...Object.fromEntries(changes) } as LayerSpec);
}

/** Names of the fields that hold ids of other layers, with their values. */
export function referencesOf(spec: LayerSpec): [field: string, id: string][] {
  const values = spec as Record<string, unknown>;
  return Object.entries(kindOf(spec.kind).fields).flatMap(([name, { type }]) =>
    type === 'layer' ? [[name, values[name] as string]] : [],
  );
}
