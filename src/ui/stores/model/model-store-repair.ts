import type { LayerSpec } from '../../../model/layers';
import { edited, type Edit } from '../../../model/editing/edits';
import { withStackReferences } from './layer-references';
import { stackLayer, type StackLayer } from './stack-layer';

/**
 * Applies an edit to the stack. The edit was made for the stack's network, which holds only the
 * active layers. Layers keep their uids.
 */
export function repairedLayers(layers: readonly StackLayer[], edit: Edit): StackLayer[] {
  const active = layers.flatMap((layer, i) => (layer.bypassed ? [] : [i]));
  const placed = (index: number) => active[index] ?? layers.length;
  const inStack =
    'moveTo' in edit ? { ...edit, at: placed(edit.at), moveTo: placed(edit.moveTo) } : { ...edit, at: placed(edit.at) };
  const changed = (layer: StackLayer, fields: Record<string, unknown>): StackLayer => {
    const ownIds = withStackReferences({ ...fields, kind: layer.spec.kind } as LayerSpec, layers);
    return { ...layer, spec: { ...layer.spec, ...ownIds } };
  };
  return edited(layers, inStack, stackLayer, changed);
}
