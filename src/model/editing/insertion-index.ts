import type { LayerKindName, LayerSpec } from '../layers';
import { kindOf } from '../spec';
import { nearestSkipSource, type StackReports } from './skip-sources';

/** A stack of layers as somebody builds it. */
interface Stack {
  /** `bypassed` layers keep their place, but are no part of the network. */
  layers: readonly { uid: string; spec: LayerSpec; bypassed?: true }[];
  /** `uid` of the selected layer. */
  selected: string | null;
  /** Whether the network can be trained as it is. */
  valid: boolean;
  reports: StackReports;
}

/**
 * Where a click in the palette puts a new layer: after the selected one; else, in a stack that
 * already ends in a dense output layer, where it keeps the stack working: layers that need an image
 * before the first Flatten, others before the output. Otherwise at the end. A layer with a second
 * input goes to the last place where there is one for it, if the selected has none.
 */
export function insertionIndex({ layers, selected, valid, reports }: Stack, kind: LayerKindName): number {
  const chosen = layers.findIndex((layer) => layer.uid === selected);
  const { family, skipFrom } = kindOf(kind);
  if (skipFrom && !nearestSkipSource(reports, chosen + 1)) {
    const place = layers.findLastIndex((_, i) => nearestSkipSource(reports, i));
    if (place >= 0) return place;
  }
  if (chosen >= 0) return chosen + 1;
  if (!valid) return layers.length;
  const flatten = layers.findIndex((layer) => layer.spec.kind === 'flatten' && !layer.bypassed);
  const forImages = ['convolution', 'pooling', 'shape'].includes(family);
  if (forImages && flatten >= 0) return flatten;
  return layers.findLastIndex((layer) => !layer.bypassed);
}
