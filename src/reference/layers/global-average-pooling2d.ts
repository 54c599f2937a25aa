import type { LayerSpec } from '../../model/layers';
import { channelsOf, imageOf } from '../../model/shape';
import type { LayerMath } from '../layer-math';

/**
 * y[b, c] = mean of x[b, ., ., c], as Keras `GlobalAveragePooling2D`: every pixel gets an equal
 * share of the gradient.
 */
export const globalAveragePooling2d: LayerMath<Extract<LayerSpec, { kind: 'globalAveragePooling2d' }>> = {
  forward({ inputShape, batch, input, output, scratch }) {
    const [height, width, channels] = imageOf(inputShape);
    const sums = scratch.numbers('sums', channels);
    let from = 0;
    for (let image = 0; image < batch; image++) {
      sums.fill(0, 0, channels);
      for (let pixel = 0; pixel < height * width; pixel++) {
        for (let c = 0; c < channels; c++) sums[c] = (sums[c] ?? NaN) + (input[from++] ?? NaN);
      }
      for (let c = 0; c < channels; c++) output[image * channels + c] = (sums[c] ?? NaN) / (height * width);
    }
  },

  backward({ inputShape, batch, outputGradient, inputGradient }) {
    if (!inputGradient) return;
    const [height, width, channels] = imageOf(inputShape);
    let to = 0;
    for (let image = 0; image < batch; image++) {
      for (let pixel = 0; pixel < height * width; pixel++) {
        for (let c = 0; c < channels; c++)
          inputGradient[to++] = (outputGradient[image * channels + c] ?? NaN) / (height * width);
      }
    }
  },

  workspace: ({ inputShape }) => ({ sums: channelsOf(inputShape) }),
};
