import { defineLayer } from '../layer-kind';
import { sizeOf } from '../shape';

/**
 * Keras `Flatten`: [H, W, C] -> [H * W * C], in that order. A vector stays as it is. The layer is a
 * view: no number moves.
 */
export const flatten = defineLayer({
  kind: 'flatten',
  label: 'Flatten',
  family: 'shape',
  help: 'Lays the image out as one long vector, so that a dense layer can read it.',
  fields: {},
  outputShape: (_params, input) => [sizeOf(input)],
  weights: () => [],
  reach: () => ({ over: 'element' }),
  formula: {
    forward: ['y[(i·W + j)·C + c] = x[i, j, c]'],
    backward: ['∂L/∂x[i, j, c] = ∂L/∂y[(i·W + j)·C + c]'],
    where: 'No number moves: the layer only reads the image as a vector.',
    source: { title: 'Keras: Flatten', url: 'https://keras.io/api/layers/reshaping_layers/flatten/' },
  },
  multiplyAdds: () => 0,
  isView: () => true,
});
