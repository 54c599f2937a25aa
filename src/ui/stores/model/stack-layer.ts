import type { LayerSpec } from '../../../model/layers';

/**
 * A layer of the stack with a uid that stays the same when the layer moves. (Keras-style ids change
 * with the position.)
 */
export interface StackLayer {
  uid: string;
  /** Its references count all layers of the stack, including those that are off. */
  spec: LayerSpec;
  /** The layer is switched off: it keeps its place in the stack, but is not part of the network. */
  bypassed?: true;
}

/**
 * Makes uids unique across visits, because the history of an earlier visit is restored with its
 * uids.
 */
const visit = Math.random().toString(36).slice(2, 8);
let nextUid = 1;
export const stackLayer = (spec: LayerSpec): StackLayer => ({ uid: `layer-${visit}-${nextUid++}`, spec });
