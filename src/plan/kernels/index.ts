import type { LayerKindName } from '../../model/layers';
import { activation } from './activation';
import { add } from './add';
import { averagePooling2d } from './average-pooling2d';
import { batchNormalization } from './batch-normalization';
import { conv2d } from './conv2d';
import { dense } from './dense';
import { depthwiseConv2d } from './depthwise-conv2d';
import { dropout } from './dropout';
import { globalAveragePooling2d } from './global-average-pooling2d';
import type { LayerKernels, SpecOf } from './layer-kernels';
import { maxPool2d } from './max-pool2d';
import { view } from './view';
import { zeroPadding2d } from './zero-padding2d';

/**
 * The launches of every kind of layer. One line registers a kind; the compiler checks that none is
 * missing.
 */
const layerKernels = {
  conv2d,
  depthwiseConv2d,
  maxPool2d,
  averagePooling2d,
  globalAveragePooling2d,
  flatten: view,
  dense,
  activation,
  zeroPadding2d,
  reshape: view,
  batchNormalization,
  dropout,
  add,
} satisfies { [K in LayerKindName]: LayerKernels<SpecOf<K>> };

/** The launches of a kind, with its exact parameter types erased. */
export function kernelsOf(kind: LayerKindName): LayerKernels {
  return layerKernels[kind];
}
