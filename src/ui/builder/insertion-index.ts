import type { LayerKindName } from '../../model/layers';
import { kindOf } from '../../model/spec';
import type { StackLayer } from '../stores/model-store';

/**
 * Where a click in the palette puts a new layer: after the selected one; else, in a stack that already ends in a dense output
 * layer, where it keeps the stack working: layers that need an image before the first Flatten, others before the output.
 * Otherwise at the end.
 */
export function insertionIndex(state: { layers: StackLayer[]; selected: string | null; valid: boolean }, kind: LayerKindName): number {
  const { layers, selected, valid } = state;
  const chosen = layers.findIndex((layer) => layer.uid === selected);
  if (chosen >= 0) return chosen + 1;
  if (!valid) return layers.length;
  const flatten = layers.findIndex((layer) => layer.spec.kind === 'flatten');
  const forImages = ['convolution', 'pooling', 'shape'].includes(kindOf(kind).family);
  if (forImages && flatten >= 0) return flatten;
  return layers.length - 1;
}
