import { channelsOf, imageOf, sizeOf } from '../../model/shape';
import type { LayerSpec } from '../../model/layers';
import { activate, activateBackward, activationChoices } from '../activations';
import { addColumnSums, fillRows } from '../bias';
import type { ForwardPass, LayerMath } from '../layer-math';
import { copyNumbers } from '../numbers';
import { slidingWindow } from '../window';

type Spec = Extract<LayerSpec, { kind: 'depthwiseConv2d' }>;

/**
 * Filters every channel by itself, as Keras `DepthwiseConv2D`: y[b, i, j, c M + m] = f(bias[c M +
 * m] + sum over u, v of x[b, i sh + u dh - top, j sw + v dw - left, c] w[u, v, c, m]), with M the
 * depth multiplier. It works on one image at a time.
 */
export const depthwiseConv2d: LayerMath<Spec> = {
  forward(pass) {
    const { spec, batch, outputShape, input, output, weight, bias, scratch } = pass;
    const [rows, columns, filters] = imageOf(outputShape);
    const pixels = rows * columns;
    const sums = scratch.numbers('product', pixels * filters);
    for (let image = 0; image < batch; image++) {
      fillRows(sums, bias, pixels, filters);
      forEachTap(pass, image, (cell, at, tap) => {
        for (let f = 0; f < filters; f++)
          sums[at + f] =
            (sums[at + f] ?? NaN) +
            (input[cell + Math.floor(f / spec.depthMultiplier)] ?? NaN) * (weight![tap + f] ?? NaN);
      });
      activate(spec.activation, sums, output, image * pixels * filters, pixels * filters, pass.preactivation);
    }
  },

  backward(pass) {
    const { spec, batch, inputShape, outputShape, input, output, weight, outputGradient, inputGradient, scratch } =
      pass;
    const [rows, columns, filters] = imageOf(outputShape);
    const pixels = rows * columns;
    const weights = spec.kernelSize[0] * spec.kernelSize[1] * filters;
    const dw = scratch.zeros('weightGradient', weights);
    const db = scratch.zeros('biasGradient', filters);
    const dz = scratch.numbers('product', pixels * filters);
    inputGradient?.fill(0, 0, batch * sizeOf(inputShape));
    for (let image = 0; image < batch; image++) {
      const start = image * pixels * filters;
      activateBackward(spec.activation, outputGradient, pass.preactivation ?? output, dz, start, pixels * filters);
      addColumnSums(db, dz, pixels, filters);
      forEachTap(pass, image, (cell, at, tap) => {
        for (let f = 0; f < filters; f++) {
          const from = cell + Math.floor(f / spec.depthMultiplier);
          dw[tap + f] = (dw[tap + f] ?? NaN) + (input[from] ?? NaN) * (dz[at + f] ?? NaN);
          if (inputGradient)
            inputGradient[from] = (inputGradient[from] ?? NaN) + (dz[at + f] ?? NaN) * (weight![tap + f] ?? NaN);
        }
      });
    }
    copyNumbers(dw, pass.weightGradient!, weights);
    if (pass.biasGradient) copyNumbers(db, pass.biasGradient, filters);
  },

  choices({ spec, batch, outputShape, output }, into) {
    activationChoices(spec.activation, output, into, batch * sizeOf(outputShape));
  },

  workspace({ spec: { kernelSize }, outputShape }) {
    const filters = channelsOf(outputShape);
    const weights = kernelSize[0] * kernelSize[1] * filters;
    return { weightGradient: weights, biasGradient: filters, product: sizeOf(outputShape) };
  },
};

/**
 * Called with the position of the first channel of a cell in `input`, of an output pixel within its
 * image, and of the first weight of the tap.
 */
type Visit = (cell: number, at: number, tap: number) => void;

/** Visits all pairs of an output pixel and a tap of the filter that lies inside the image. */
function forEachTap({ spec, inputShape, outputShape }: ForwardPass<Spec>, image: number, visit: Visit): void {
  const { kernelSize, strides, padding, dilationRate } = spec;
  const { height, width, channels, padTop, padLeft } = slidingWindow(
    kernelSize,
    strides,
    padding,
    inputShape,
    dilationRate,
  );
  const [rows, columns, filters] = imageOf(outputShape);
  for (let pixel = 0; pixel < rows * columns; pixel++) {
    const top = Math.floor(pixel / columns) * strides[0] - padTop;
    const left = (pixel % columns) * strides[1] - padLeft;
    for (let u = 0; u < kernelSize[0]; u++) {
      const y = top + u * dilationRate[0];
      if (y < 0 || y >= height) continue;
      for (let v = 0; v < kernelSize[1]; v++) {
        const x = left + v * dilationRate[1];
        if (x < 0 || x >= width) continue;
        visit(((image * height + y) * width + x) * channels, pixel * filters, (u * kernelSize[1] + v) * filters);
      }
    }
  }
}
