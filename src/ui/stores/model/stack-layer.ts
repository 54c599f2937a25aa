import type { LayerSpec } from '../../../model/layers';

/**
 * A layer of the stack with a name that stays the same while it moves (Keras-style ids are
 * renumbered by position).
 */
export interface StackLayer {
  uid: string;
  /** Its references to other layers count all layers of the stack, also those that are off. */
  spec: LayerSpec;
  /** Switched off: it keeps its place in the stack, but is no part of the network. */
  bypassed?: true;
}

/** Names of an earlier visit come back with its history: those of this one are none of them. */
const visit = Math.random().toString(36).slice(2, 8);
let nextUid = 1;
export const stackLayer = (spec: LayerSpec): StackLayer => ({ uid: `layer-${visit}-${nextUid++}`, spec });
