import type { LayerKindName, LayerSpec } from '../layers';
import { kindOf } from '../spec';
import { nearestSkipSource, type StackReports } from './skip-sources';

/** A stack of layers as somebody builds it. */
interface Stack {
  /** `bypassed` layers keep their place, but are not part of the network. */
  layers: readonly { uid: string; spec: LayerSpec; bypassed?: true }[];
  /** `uid` of the selected layer. */
  selected: string | null;
  /** Whether the network can be trained as it is. */
  valid: boolean;
  reports: StackReports;
}

/**
 * The place where a click in the palette puts a new layer. If a layer is selected, the new layer
 * goes after it. If no layer is selected and the network can already be trained, the new layer goes
 * where the network stays valid: a layer for images goes before the first Flatten (if there is
 * one), any other layer before the last layer. In all other cases, the new layer goes to the end. A
 * layer with a second input is an exception: unless the selected place has an earlier layer that
 * fits as second input, the new layer goes to the last place that has one.
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
