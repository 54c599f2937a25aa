import type { LayerKindName, LayerSpec } from '../../model/layers';
import type { LayerMath } from '../layer-math';
import { activation } from './activation';
import { add } from './add';
import { conv2d } from './conv2d';
import { dense } from './dense';
import { flatten } from './flatten';
import { maxPool2d } from './max-pool2d';

/** The mathematics of every kind of layer. One line registers a kind; the compiler checks that none is missing. */
export const layerMath = {
  conv2d,
  maxPool2d,
  flatten,
  dense,
  activation,
  add,
} satisfies { [K in LayerKindName]: LayerMath<Extract<LayerSpec, { kind: K }>> };

/** The mathematics of a kind, with its exact parameter types erased. */
export function mathOf(kind: LayerKindName): LayerMath {
  return layerMath[kind] as unknown as LayerMath;
}
