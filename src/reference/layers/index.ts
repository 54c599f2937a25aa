import type { LayerKindName, LayerSpec } from '../../model/layers';
import type { LayerMath } from '../layer-math';
import { activation } from './activation';
import { add } from './add';
import { averagePooling2d } from './average-pooling2d';
import { batchNormalization } from './batch-normalization';
import { conv2d } from './conv2d';
import { dense } from './dense';
import { depthwiseConv2d } from './depthwise-conv2d';
import { dropout } from './dropout';
import { flatten } from './flatten';
import { globalAveragePooling2d } from './global-average-pooling2d';
import { maxPool2d } from './max-pool2d';
import { reshape } from './reshape';
import { zeroPadding2d } from './zero-padding2d';

/**
 * The mathematics of every kind of layer. One line registers a kind; the compiler checks that none
 * is missing.
 */
export const layerMath = {
  conv2d,
  depthwiseConv2d,
  maxPool2d,
  averagePooling2d,
  globalAveragePooling2d,
  flatten,
  dense,
  activation,
  zeroPadding2d,
  reshape,
  batchNormalization,
  dropout,
  add,
} satisfies { [K in LayerKindName]: LayerMath<Extract<LayerSpec, { kind: K }>> };

/** The mathematics of a kind, with its exact parameter types erased. */
export function mathOf(kind: LayerKindName): LayerMath {
  return layerMath[kind];
}
