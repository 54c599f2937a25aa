import activation from '../../../shaders/activation.wgsl?raw';
import activations from '../../../shaders/activations.wgsl?raw';
import add from '../../../shaders/add.wgsl?raw';
import averagePooling2d from '../../../shaders/average-pooling2d.wgsl?raw';
import averages from '../../../shaders/averages.wgsl?raw';
import batchNormalization from '../../../shaders/batch-normalization.wgsl?raw';
import conv2d from '../../../shaders/conv2d.wgsl?raw';
import conv2dStrips from '../../../shaders/conv2d-strips.wgsl?raw';
import conv2dStrips5 from '../../../shaders/conv2d-strips5.wgsl?raw';
import conv2dSubgroups from '../../../shaders/conv2d-subgroups.wgsl?raw';
import dense from '../../../shaders/dense.wgsl?raw';
import denseSubgroups from '../../../shaders/dense-subgroups.wgsl?raw';
import depthwiseConv2d from '../../../shaders/depthwise-conv2d.wgsl?raw';
import dropout from '../../../shaders/dropout.wgsl?raw';
import gather from '../../../shaders/gather.wgsl?raw';
import globalAveragePooling2d from '../../../shaders/global-average-pooling2d.wgsl?raw';
import gradients from '../../../shaders/gradients.wgsl?raw';
import loss from '../../../shaders/loss.wgsl?raw';
import maxPool2d from '../../../shaders/max-pool2d.wgsl?raw';
import metrics from '../../../shaders/metrics.wgsl?raw';
import norms from '../../../shaders/norms.wgsl?raw';
import optimizer from '../../../shaders/optimizer.wgsl?raw';
import stepSource from '../../../shaders/step.wgsl?raw';
import zeroPadding2d from '../../../shaders/zero-padding2d.wgsl?raw';

/**
 * WGSL source by file name. WGSL has no include, so a file that uses declarations of another file
 * is followed by that file. Declarations may come in any order, but `enable` must come first.
 */
export const shaderSources: Readonly<Record<string, string>> = {
  activation: activation + activations,
  add,
  'average-pooling2d': averagePooling2d,
  averages,
  'batch-normalization': batchNormalization + stepSource,
  conv2d: conv2d + activations,
  'conv2d-strips': conv2dStrips + conv2dStrips5 + conv2d + activations,
  'conv2d-subgroups': conv2dSubgroups + conv2d + activations,
  dense: dense + activations,
  'dense-subgroups': denseSubgroups + dense + activations,
  'depthwise-conv2d': depthwiseConv2d + activations,
  dropout: dropout + stepSource,
  gather: gather + stepSource,
  'global-average-pooling2d': globalAveragePooling2d,
  gradients: gradients + norms + stepSource,
  loss: loss + stepSource,
  'max-pool2d': maxPool2d + activations,
  metrics: metrics + norms + stepSource,
  optimizer: optimizer + stepSource,
  'zero-padding2d': zeroPadding2d,
};

/** The scalars of a step, which several shaders read. */
export { stepSource };
