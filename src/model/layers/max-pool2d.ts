import { perItem, type Dispatch, type LayerSite, type TensorRef } from '../../plan/kernels/launch';
import { defineLayer } from '../layer-kind';
import { pooledShape, poolingConstants, poolingFields, type PoolingParams } from '../pooling';
import { windowReach } from '../reach';

/**
 * Keras `MaxPooling2D` (https://keras.io/api/layers/pooling_layers/max_pooling2d/): [H, W, C] ->
 * [H', W', C].
 */
export const maxPool2d = defineLayer({
  kind: 'maxPool2d',
  label: 'MaxPool2D',
  family: 'pooling',
  help: 'Keeps the largest value of each window: a smaller image that still says what was found.',
  fields: poolingFields,
  outputShape: pooledShape,
  weights: () => [],
  reach: (params, input) => windowReach({ ...params, size: params.poolSize }, input, 'own', 'max'),
  formula: {
    forward: ['y[i, j, c] = max x[m, n, c]   over the window of (i, j)'],
    backward: ['∂L/∂x[m, n, c] = ∑ ∂L/∂y[i, j, c]   over the windows (i, j) that x[m, n, c] has won'],
    where: 'Cells outside the image never win. Of equal values the first in reading order wins, as in TensorFlow.',
    source: { title: 'Keras: MaxPooling2D', url: 'https://keras.io/api/layers/pooling_layers/max_pooling2d/' },
  },
  multiplyAdds: () => 0,
  forward(params, site) {
    const { batch, output, x, y } = site;
    return [
      perItem(batch * output[0] * output[1] * Math.ceil(output[2] / 4), site.tuning, {
        label: `${site.id} forward`,
        shader: 'max-pool2d',
        entryPoint: 'forward',
        constants: poolingConstants(params, site),
        bindings: [
          [0, x, 'read_write'],
          [1, y, 'read_write'],
          [2, winners(params, site), 'read_write'],
        ],
      }),
    ];
  },
  routesGradient: areApart,
  backward: (params, site) =>
    site.dx ? [areApart(params) ? gradientApart(params, site) : gradientOverlapping(params, site)] : [],
});

/** Whether no two windows share a cell. */
function areApart({ poolSize, strides }: PoolingParams): boolean {
  return strides[0] >= poolSize[0] && strides[1] >= poolSize[1];
}

/** Which cell of its window each output is: bytes while they can tell, else half-words. */
function winners(
  { poolSize }: PoolingParams,
  { batch, output: [height, width, channels], workspace }: LayerSite,
): TensorRef {
  const words = Math.ceil(channels / 4) * (poolSize[0] * poolSize[1] <= 256 ? 1 : 2);
  return workspace('winner', batch * height * width * words);
}

function gradientApart(params: PoolingParams, site: LayerSite): Dispatch {
  const { batch, input, y, dy, dx } = site;
  const constants = poolingConstants(params, site);
  const blocks =
    Math.ceil((input[0] + constants.PT) / constants.SH) * Math.ceil((input[1] + constants.PL) / constants.SW);
  return perItem(batch * blocks * Math.ceil(input[2] / 4), site.tuning, {
    label: `${site.id} dL/dx`,
    shader: 'max-pool2d',
    entryPoint: 'inputGradientApart',
    constants: { ...constants, ACTIVATION: site.inputActivation },
    bindings: [
      [0, dy, 'read_write'],
      [1, winners(params, site), 'read'],
      [2, dx!, 'read_write'],
      [3, y, 'read'],
    ],
  });
}

function gradientOverlapping(params: PoolingParams, site: LayerSite): Dispatch {
  const { batch, input, dy, dx } = site;
  return perItem(batch * input[0] * input[1] * Math.ceil(input[2] / 4), site.tuning, {
    label: `${site.id} dL/dx`,
    shader: 'max-pool2d',
    entryPoint: 'inputGradient',
    constants: poolingConstants(params, site),
    bindings: [
      [0, dy, 'read_write'],
      [1, winners(params, site), 'read'],
      [2, dx!, 'read_write'],
    ],
  });
}
