import type { ParamsOf } from '../fields';
import { activation } from './activation';
import { add } from './add';
import { conv2d } from './conv2d';
import { dense } from './dense';
import { flatten } from './flatten';
import { maxPool2d } from './max-pool2d';

/** Every kind of layer, in the order of the palette. One line registers a kind. */
export const layerKinds = {
  conv2d,
  maxPool2d,
  flatten,
  dense,
  activation,
  add,
} satisfies { [K in string]: { kind: K } };

export type LayerKindName = keyof typeof layerKinds;

/** One layer of a ModelSpec with every field present. */
export type LayerSpec = {
  [K in LayerKindName]: { kind: K } & ParamsOf<(typeof layerKinds)[K]['fields']>;
}[LayerKindName];
