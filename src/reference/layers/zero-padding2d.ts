import { imageOf, sizeOf } from '../../model/shape';
import type { LayerSpec } from '../../model/layers';
import type { ForwardPass, LayerMath } from '../layer-math';

type Spec = Extract<LayerSpec, { kind: 'zeroPadding2d' }>;

/**
 * Adds zeros around the image, as Keras `ZeroPadding2D`. The gradient is dL/dy without the padding.
 */
export const zeroPadding2d: LayerMath<Spec> = {
  forward(pass) {
    const { batch, outputShape, input, output } = pass;
    output.fill(0, 0, batch * sizeOf(outputShape));
    forEachRow(pass, (inner, outer, length) => {
      for (let i = 0; i < length; i++) output[outer + i] = input[inner + i] ?? NaN;
    });
  },

  backward(pass) {
    const { outputGradient, inputGradient } = pass;
    if (!inputGradient) return;
    forEachRow(pass, (inner, outer, length) => {
      for (let i = 0; i < length; i++) inputGradient[inner + i] = outputGradient[outer + i] ?? NaN;
    });
  },
};

/**
 * Called with the start of a row in the image without padding (`inner`) and with it (`outer`), and
 * the number of values in the row.
 */
type Visit = (inner: number, outer: number, length: number) => void;

function forEachRow({ spec, inputShape, outputShape, batch }: ForwardPass<Spec>, visit: Visit): void {
  const [height, width, channels] = imageOf(inputShape);
  const [paddedHeight, paddedWidth] = imageOf(outputShape);
  const [[top], [left]] = spec.padding;
  for (let row = 0; row < batch * height; row++) {
    const outerRow = Math.floor(row / height) * paddedHeight + top + (row % height);
    visit(row * width * channels, (outerRow * paddedWidth + left) * channels, width * channels);
  }
}
