import type { Activation } from '../../../model/activations';
import { activationOf, type LayerReport, type ResolvedLayer } from '../../../model/resolve';
import type { StackLayer } from '../../stores/model/model-store';
import type { Sliding } from './window-math';

/** A layer that a chapter is about. */
export interface GuideLayer {
  uid: string;
  layer: ResolvedLayer;
}

/** The layers of the trained network that the guide shows. Each is null if the network has none. */
export interface GuideLayers {
  /** The first convolution. */
  convolution: GuideLayer | null;
  /** The first dense layer, if there is no convolution: the guide shows its weights instead. */
  dense: GuideLayer | null;
  /** The first pooling over windows. */
  pooling: GuideLayer | null;
  /** The last layer, whose outputs are the scores; usually a dense one. */
  last: GuideLayer | null;
}

/**
 * Picks the layers from the stack. It skips those that are not in the network being trained
 * (because the stack is not valid, or not sent yet).
 * @param networkIds the layers' ids in the network being trained, by uid
 */
export function guideLayers(
  layers: readonly StackLayer[],
  reports: readonly LayerReport[],
  networkIds: Readonly<Record<string, string>>,
): GuideLayers {
  const trained = layers.flatMap(({ uid }, i) => {
    const layer = reports[i]?.resolved;
    return layer && networkIds[uid] === layer.id ? [{ uid, layer }] : [];
  });
  const pick = (fits: (layer: ResolvedLayer) => boolean): GuideLayer | null =>
    trained.find(({ layer }) => fits(layer)) ?? null;
  const convolution = pick(({ spec }) => spec.kind === 'conv2d');
  return {
    convolution,
    dense: convolution ? null : pick(({ spec }) => spec.kind === 'dense'),
    pooling: pick(({ spec }) => spec.kind === 'maxPool2d' || spec.kind === 'averagePooling2d'),
    // If layers were removed from the stack, its last layer may not be the last one of the network.
    last: (trained.length === Object.keys(networkIds).length && trained.at(-1)) || null,
  };
}

/** How the window of a convolution or pooling slides; null for other kinds. */
export function slidingOf({ spec }: ResolvedLayer): Sliding | null {
  switch (spec.kind) {
    case 'conv2d':
      return { size: spec.kernelSize, strides: spec.strides, padding: spec.padding, dilation: spec.dilationRate };
    case 'maxPool2d':
    case 'averagePooling2d':
      return { size: spec.poolSize, strides: spec.strides, padding: spec.padding, dilation: [1, 1] };
    default:
      return null;
  }
}

/** The activation that a layer applies to its own output. */
export const ownActivation = ({ spec }: ResolvedLayer): Activation => activationOf(spec);
