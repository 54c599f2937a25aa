import { kindOf } from '../../model/spec';
import type { Shape } from '../../model/layer-kind';
import { activationOf, type LayerReport, type ResolvedLayer } from '../../model/resolve';
import type { StackLayer } from '../stores/model-store';

/**
 * Shape of the image whose values a dense layer reads as a vector, if only layers without weights lie between: its weights
 * can then be looked at as images.
 */
export function imageBefore(reports: readonly LayerReport[], index: number): Shape | undefined {
  for (let i = index - 1; i >= 0; i--) {
    const layer = reports[i].resolved;
    if (!layer || layer.parameters > 0) return undefined;
    if (layer.inputShape.length === 3) return layer.inputShape;
  }
  return undefined;
}

/** Name of what a layer puts out. Softmax is part of the loss, so the last layer stores the scores before it. */
export function outputName(layer: ResolvedLayer): string {
  return activationOf(layer.spec) === 'softmax' ? 'Logits (scores before softmax)' : 'Activations';
}

export const labelOf = ({ spec }: StackLayer) => kindOf(spec.kind).label;
export const familyOf = ({ spec }: StackLayer) => kindOf(spec.kind).family;
