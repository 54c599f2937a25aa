import type { LayerSpec } from '../../model/layers';
import { channelsOf, imageOf, sizeOf } from '../../model/shape';
import { activate, activateBackward, activationChoices } from '../activations';
import { addColumnSums, fillRows } from '../bias';
import type { LayerMath, SizedLayer } from '../layer-math';
import { multiplyAdd, multiplyAddTransposedA, multiplyAddTransposedB } from '../matmul';
import { copyNumbers } from '../numbers';
import { gatherPatches, scatterPatches } from '../patches';
import { slidingWindow } from '../window';

type Spec = Extract<LayerSpec, { kind: 'conv2d' }>;

/**
 * How many numbers of patches are worked on at a time: few enough (256 KiB) to stay in the
 * second-level cache.
 */
const PATCH_NUMBERS = 32768;

/**
 * Cross-correlation, as Keras `Conv2D`: y[b, i, j, o] = f(bias[o] + sum x[b, i sh + u dh - top, j
 * sw + v dw - left, c] w[u, v, c, o]). Each chunk of output positions becomes a matrix of patches
 * [positions, kh kw in]. Output, dL/dw and dL/dx are then matrix products, with w read as [kh kw
 * in, out].
 */
export const conv2d: LayerMath<Spec> = {
  forward(pass) {
    const { spec, input, output, weight, bias, scratch } = pass;
    const { window, depth, filters, positions, chunk } = layout(pass);
    const w = scratch.copyOf('weight', weight!, depth * filters);
    const patches = scratch.numbers('patches', chunk * depth);
    const product = scratch.numbers('product', chunk * filters);
    for (let start = 0; start < positions; start += chunk) {
      const count = Math.min(chunk, positions - start);
      gatherPatches(window, input, patches, start, count);
      fillRows(product, bias, count, filters);
      multiplyAdd(product, patches, w, count, filters, depth);
      activate(spec.activation, product, output, start * filters, count * filters, pass.preactivation);
    }
  },

  backward(pass) {
    const { spec, batch, input, output, weight, outputGradient, inputGradient, weightGradient, biasGradient, scratch } =
      pass;
    const { window, depth, filters, positions, chunk } = layout(pass);
    const w = scratch.copyOf('weight', weight!, depth * filters);
    const dw = scratch.zeros('weightGradient', depth * filters);
    const db = scratch.zeros('biasGradient', filters);
    const patches = scratch.numbers('patches', chunk * depth);
    const dz = scratch.numbers('product', chunk * filters);
    inputGradient?.fill(0, 0, batch * window.height * window.width * window.channels);
    for (let start = 0; start < positions; start += chunk) {
      const count = Math.min(chunk, positions - start);
      activateBackward(
        spec.activation,
        outputGradient,
        pass.preactivation ?? output,
        dz,
        start * filters,
        count * filters,
      );
      gatherPatches(window, input, patches, start, count);
      multiplyAddTransposedA(dw, patches, dz, depth, filters, count);
      addColumnSums(db, dz, count, filters);
      if (!inputGradient) continue;
      patches.fill(0, 0, count * depth);
      multiplyAddTransposedB(patches, dz, w, count, depth, filters);
      scatterPatches(window, patches, inputGradient, start, count);
    }
    copyNumbers(dw, weightGradient!, depth * filters);
    if (biasGradient) copyNumbers(db, biasGradient, filters);
  },

  choices({ spec, batch, outputShape, output }, into) {
    activationChoices(spec.activation, output, into, batch * sizeOf(outputShape));
  },

  workspace(layer) {
    const { depth, filters, chunk } = layout(layer);
    const weights = depth * filters;
    return {
      weight: weights,
      weightGradient: weights,
      biasGradient: filters,
      patches: chunk * depth,
      product: chunk * filters,
    };
  },
};

function layout({ spec, inputShape, outputShape, batch }: SizedLayer<Spec>) {
  const window = slidingWindow(spec.kernelSize, spec.strides, spec.padding, inputShape, spec.dilationRate);
  const depth = spec.kernelSize[0] * spec.kernelSize[1] * channelsOf(inputShape);
  const [rows, columns] = imageOf(outputShape);
  const positions = batch * rows * columns;
  // A multiple of 4 keeps the matrix product in whole tiles.
  const chunk = Math.min(positions, Math.max(4, Math.floor(PATCH_NUMBERS / depth) & ~3));
  return { window, depth, filters: spec.filters, positions, chunk };
}
