import { PlaygroundError } from '../../errors';
import { defineLayer } from '../layer-kind';

/**
 * Keras `Add` (https://keras.io/api/layers/merging_layers/add/): adds the outputs of the layer
 * before and of an earlier layer of the stack. This is the skip connection of He et al. 2015
 * (https://arxiv.org/abs/1512.03385). Both inputs have the same shape, and so has the output. The
 * gradient passes unchanged to both inputs. At the earlier layer, where the two paths part, the
 * plan adds up their gradients.
 */
export const add = defineLayer({
  kind: 'add',
  label: 'Add',
  family: 'shape',
  help: 'Adds the output of an earlier layer: a skip connection, which carries the gradient past the layers between.',
  fields: {
    from: {
      type: 'layer',
      label: 'From',
      help: 'The earlier layer whose output is added; it must have the same shape.',
      default: '',
    },
  },
  skipFrom: ({ from }) => from,
  outputShape(_params, input, skip) {
    if (skip && skip.join() === input.join()) return input;
    if (!skip) {
      throw new PlaygroundError('no layer to add is chosen.', {
        where: { field: 'from' },
        remedy: 'Choose an earlier layer.',
      });
    }
    throw new PlaygroundError(`[${skip.join(', ')}] cannot be added to [${input.join(', ')}].`, {
      where: { field: 'from' },
      remedy: 'Choose a layer of the same output shape, or change filters, strides or padding in between.',
    });
  },
  weights: () => [],
  reach: () => ({ over: 'element' }),
  formula: {
    forward: ['y[k] = x[k] + s[k]'],
    backward: ['∂L/∂x[k] = ∂L/∂y[k]', '∂L/∂s[k] = ∂L/∂y[k]'],
    where: 's is the output of the earlier layer: the gradient reaches it directly, past all layers between.',
    source: {
      title: 'He et al. 2015, Deep Residual Learning for Image Recognition',
      url: 'https://arxiv.org/abs/1512.03385',
    },
  },
  multiplyAdds: () => 0,
  passesGradient: true,
});
