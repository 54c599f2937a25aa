import { useMemo } from 'react';
import type { Tensor } from '../../model/initialize';
import type { Activation } from '../../model/activations';
import { slopeAt } from './class-math';
import { ownActivation, slidingOf, type GuideLayer } from './guide-layers';
import { useGuideStore } from './guide-store';
import { inputOf, useGuide } from './use-guide';
import { channelOf, filterGradient, weighEverywhere, type Sliding } from './window-math';

/** One filter of the first convolution at work on the chosen image. */
export interface ConvolutionAtWork {
  at: GuideLayer;
  sliding: Sliding;
  activation: Activation;
  /** [H, W, C] that the layer reads. */
  input: Tensor;
  /** [kh, kw, C, filters] */
  weight: Tensor;
  bias: number;
  filters: number;
  filter: number;
  /** Output pixel pointed at, within the output. */
  y: number;
  x: number;
  /** Before the activation, worked out here: [OH, OW, 1]. */
  before: Tensor;
  /** After it, as the engine has it: [OH, OW, 1]. */
  after: Tensor;
  /** dL/d(output) of this filter as the engine has it, [OH, OW, 1]; null without a label. */
  slope: Tensor | null;
  /** dL/dW of the last training step, [kh, kw, C, filters]; undefined before the first. */
  batchGradient: Tensor | undefined;
}

/** Null where the network has no convolution, or nothing is known of it yet. */
export function useConvolution(): ConvolutionAtWork | null {
  const { convolution: at, answers } = useGuide();
  const { filter: wanted, y, x } = useGuideStore();
  return useMemo(() => {
    const inspection = at && answers?.layers[at.layer.id];
    const sliding = at && slidingOf(at.layer);
    const input = at && answers && inputOf(at, answers);
    const kernel = inspection?.weights.find(({ name }) => name === 'weight');
    if (!at || !inspection || !sliding || !input || !kernel) return null;
    const { output, outputGradient } = inspection;
    const filters = output.shape[2];
    const filter = Math.min(wanted, filters - 1);
    const bias = inspection.weights.find(({ name }) => name === 'bias')?.value.data[filter] ?? 0;
    return {
      ...{ at, sliding, input, bias, filters, filter, weight: kernel.value, batchGradient: kernel.gradient },
      activation: ownActivation(at.layer),
      y: Math.min(y, output.shape[0] - 1),
      x: Math.min(x, output.shape[1] - 1),
      before: weighEverywhere(input, kernel.value, bias, sliding, output.shape, filter),
      after: channelOf(output, filter),
      slope: outputGradient ? channelOf(outputGradient, filter) : null,
    };
  }, [at, answers, wanted, y, x]);
}

/**
 * dL/dW of the filter and one channel of its input, for this image alone: dL/da goes through the slope of the activation to dL/dz,
 * and from there to the weights. Null where there is no label, or where the output does not tell the slope.
 * @returns dz [OH, OW, 1] and gradient [kh, kw, 1]
 */
export function imageGradient({ activation, after, slope, input, sliding }: ConvolutionAtWork, channel: number) {
  if (!slope) return null;
  const slopes = Array.from(after.data, (a) => slopeAt(activation, a));
  if (slopes.includes(null)) return null;
  const dz: Tensor = { shape: slope.shape, data: slope.data.map((gradient, i) => gradient * slopes[i]!) };
  return { dz, gradient: filterGradient(input, dz, sliding, channel) };
}
