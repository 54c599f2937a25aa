import { channelsOf, sizeOf } from '../../model/shape';
import type { LayerSpec } from '../../model/layers';
import type { ForwardPass, LayerMath } from '../layer-math';
import { slidingWindow } from '../window';

type Spec = Extract<LayerSpec, { kind: 'averagePooling2d' }>;

/**
 * y[b, i, j, c] = mean of x over the cells of the window that lie inside the image, as Keras
 * `AveragePooling2D`. Each of these cells gets an equal share of the gradient; where windows
 * overlap it adds up.
 */
export const averagePooling2d: LayerMath<Spec> = {
  forward(pass) {
    const { batch, inputShape, outputShape, input, output } = pass;
    const channels = channelsOf(inputShape);
    output.fill(0, 0, batch * sizeOf(outputShape));
    forEachCell(pass, (cell, at, share) => {
      for (let c = 0; c < channels; c++) output[at + c] = (output[at + c] ?? NaN) + (input[cell + c] ?? NaN) * share;
    });
  },

  backward(pass) {
    const { batch, inputShape, outputGradient, inputGradient } = pass;
    if (!inputGradient) return;
    const channels = channelsOf(inputShape);
    inputGradient.fill(0, 0, batch * sizeOf(inputShape));
    forEachCell(pass, (cell, at, share) => {
      for (let c = 0; c < channels; c++)
        inputGradient[cell + c] = (inputGradient[cell + c] ?? NaN) + (outputGradient[at + c] ?? NaN) * share;
    });
  },
};

/**
 * Called with the positions of the first channel of a cell in `input` and of its window in
 * `output`, and with one over the number of cells in the window.
 */
type Visit = (cell: number, at: number, share: number) => void;

function forEachCell({ spec, inputShape, batch }: ForwardPass<Spec>, visit: Visit): void {
  const window = slidingWindow(spec.poolSize, spec.strides, spec.padding, inputShape);
  const { height, width, channels, outputHeight, outputWidth, size, strides, padTop, padLeft } = window;
  for (let row = 0; row < batch * outputHeight; row++) {
    const image = Math.floor(row / outputHeight);
    const above = (row % outputHeight) * strides[0] - padTop;
    const [top, bottom] = [Math.max(above, 0), Math.min(above + size[0], height)];
    for (let j = 0; j < outputWidth; j++) {
      const before = j * strides[1] - padLeft;
      const [left, right] = [Math.max(before, 0), Math.min(before + size[1], width)];
      const share = 1 / ((bottom - top) * (right - left));
      const at = (row * outputWidth + j) * channels;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) visit(((image * height + y) * width + x) * channels, at, share);
      }
    }
  }
}
