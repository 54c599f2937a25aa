import type { ParamsOf } from '../fields';
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

/** Every kind of layer, in the order of the palette. One line registers a kind. */
export const layerKinds = {
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
} satisfies { [K in string]: { kind: K } };

export type LayerKindName = keyof typeof layerKinds;

/** One layer of a ModelSpec with every field present. */
export type LayerSpec = {
  [K in LayerKindName]: { kind: K } & ParamsOf<(typeof layerKinds)[K]['fields']>;
}[LayerKindName];
