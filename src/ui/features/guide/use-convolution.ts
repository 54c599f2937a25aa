import { useMemo } from 'react';
import type { Tensor } from '../../../model/initialize';
import type { Activation } from '../../../model/activations';
import { requireImage } from '../../../model/require-shape';
import { channelsOf } from '../../../model/shape';
import { slopeAt } from './class-math';
import { ownActivation, slidingOf, type GuideLayer } from './guide-layers';
import { useGuideStore } from './guide-store';
import { useGuide } from './use-guide';
import { channelOf, filterGradient, weighEverywhere, type Sliding } from './window-math';

/** One filter of the first convolution, applied to the chosen image. */
export interface FilterAtWork {
  at: GuideLayer;
  sliding: Sliding;
  activation: Activation;
  /** [H, W, C]: the layer's input. */
  input: Tensor;
  /** [kh, kw, C, filters] */
  weight: Tensor;
  bias: number;
  filters: number;
  filter: number;
  /** The sums before the activation, computed here: [OH, OW, 1]. */
  before: Tensor;
  /** The output after the activation, from the engine: [OH, OW, 1]. */
  after: Tensor;
  /** dL/d(output) of this filter, from the engine: [OH, OW, 1]; null without a label. */
  slope: Tensor | null;
  /** dL/dW of the last training step, [kh, kw, C, filters]; undefined before the first step. */
  batchGradient: Tensor | undefined;
}

/** The same filter at one place of its output. */
export interface ConvolutionAtWork extends FilterAtWork {
  /** The chosen output pixel, inside the output. */
  y: number;
  x: number;
}

/**
 * The filter at the chosen place; null if the network has no convolution, or before the first
 * answer.
 */
export function useConvolution(): ConvolutionAtWork | null {
  const work = useFilter();
  const { y, x } = useGuideStore();
  if (!work) return null;
  const [height, width] = requireImage(work.after.shape);
  return { ...work, y: Math.min(y, height - 1), x: Math.min(x, width - 1) };
}

/**
 * The filter without a place, for chapters that do not depend on it: pointing elsewhere recomputes
 * nothing.
 */
export function useFilter(): FilterAtWork | null {
  const { convolution: at, answers } = useGuide();
  const wanted = useGuideStore((state) => state.filter);
  return useMemo(() => {
    const inspection = at && answers?.layers[at.layer.id];
    const sliding = at && slidingOf(at.layer);
    const kernel = inspection?.weights.find(({ name }) => name === 'weight');
    if (!at || !inspection || !sliding || !kernel) return null;
    const { input, output, outputGradient } = inspection;
    const filters = channelsOf(output.shape);
    const filter = Math.min(wanted, filters - 1);
    const bias = inspection.weights.find(({ name }) => name === 'bias')?.value.data[filter] ?? 0;
    return {
      ...{ at, sliding, input, bias, filters, filter, weight: kernel.value, batchGradient: kernel.gradient },
      activation: ownActivation(at.layer),
      before: weighEverywhere(input, kernel.value, bias, sliding, output.shape, filter),
      after: channelOf(output, filter),
      slope: outputGradient ? channelOf(outputGradient, filter) : null,
    };
  }, [at, answers, wanted]);
}

/**
 * Computes dL/dW of the filter for one input channel and this image alone: dL/da goes through the
 * slope of the activation to dL/dz, and from there to the weights. Null without a label, or if the
 * output does not determine the slope.
 * @returns dz [OH, OW, 1] and gradient [kh, kw, 1]
 */
export function imageGradient({ activation, after, slope, input, sliding }: FilterAtWork, channel: number) {
  if (!slope) return null;
  const slopes = Array.from(after.data, (a) => slopeAt(activation, a));
  if (slopes.includes(null)) return null;
  const dz: Tensor = { shape: slope.shape, data: slope.data.map((gradient, i) => gradient * slopes[i]!) };
  return { dz, gradient: filterGradient(input, dz, sliding, channel) };
}
