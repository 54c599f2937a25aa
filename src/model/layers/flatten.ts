import { defineLayer, sizeOf } from '../layer-kind';

/** Keras `Flatten`: [H, W, C] -> [H * W * C], in that order. A vector stays as it is. A view: no number moves. */
export const flatten = defineLayer({
  kind: 'flatten',
  label: 'Flatten',
  family: 'shape',
  help: 'Lays the image out as one long vector, so that a dense layer can read it.',
  fields: {},
  outputShape: (_params, input) => [sizeOf(input)],
  weights: () => [],
  multiplyAdds: () => 0,
  isView: () => true,
  forward: () => [],
  backward: () => [],
});
