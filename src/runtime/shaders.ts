import activation from '../../shaders/activation.wgsl?raw';
import conv2d from '../../shaders/conv2d.wgsl?raw';
import conv2dSubgroups from '../../shaders/conv2d-subgroups.wgsl?raw';
import dense from '../../shaders/dense.wgsl?raw';
import gather from '../../shaders/gather.wgsl?raw';
import gradients from '../../shaders/gradients.wgsl?raw';
import loss from '../../shaders/loss.wgsl?raw';
import maxPool2d from '../../shaders/max-pool2d.wgsl?raw';
import metrics from '../../shaders/metrics.wgsl?raw';
import optimizer from '../../shaders/optimizer.wgsl?raw';

/** WGSL source by file name. */
export const shaderSources: Readonly<Record<string, string>> = {
  activation,
  conv2d,
  // Declarations may come in any order in WGSL, but `enable` must come first.
  'conv2d-subgroups': conv2dSubgroups + conv2d,
  dense,
  gather,
  gradients,
  loss,
  'max-pool2d': maxPool2d,
  metrics,
  optimizer,
};
