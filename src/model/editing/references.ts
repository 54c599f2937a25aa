import { removedId } from '../resolve';
import type { LayerSpec } from '../layers';
import { kindOf, layerIds } from '../spec';

/** A layer with a name that stays the same while it moves. */
interface Named<Uid> {
  uid: Uid;
  spec: LayerSpec;
}

/**
 * Layers refer to others by their ids, which are numbered by position. Rewrites the references of
 * layers that were rearranged, so that each still means the same layer. One whose layer is gone is
 * marked as such.
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

/** The layer with other ids in its references; the same object where nothing changes. */
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
