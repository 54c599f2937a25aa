import type { LayerWeights, Weights } from '../model/initialize';
import type { ResolvedModel } from '../model/resolve';
import type { FirstWeights } from './first-weights';
import { tensorsOf } from './first-weights';

type Layer = ResolvedModel['layers'][number];

/** A layer that is changed again and again leaves its weights behind each time. */
const MOST_LAYERS = 40;

/**
 * Trained weights of layers that an edit took away or gave another shape, by names that stay the same from edit to edit: an undo, or
 * a layer switched on again, finds them as they were then.
 */
export class Attic {
  private readonly layers = new Map<string, LayerWeights>();
  /** Name of each layer of the present network, by id. */
  private names: Readonly<Record<string, string>> = {};

  /** Puts the weights of the present network away. */
  put(model: ResolvedModel, weights: Weights): void {
    for (const layer of model.layers) {
      const key = this.keyOf(layer);
      if (key === null) continue;
      // Put away last, thrown out last.
      this.layers.delete(key);
      this.layers.set(key, weights[layer.id]);
    }
    while (this.layers.size > Math.max(MOST_LAYERS, model.layers.length)) this.layers.delete(this.layers.keys().next().value!);
  }

  /** Another network is present from now on. */
  rename(names: Readonly<Record<string, string>>): void {
    this.names = names;
  }

  /** Nothing learnt so far is wanted back. */
  clear(): void {
    this.layers.clear();
  }

  /**
   * Gives the layers of the present network that have fresh weights those that they had before, where all shapes agree.
   * @param kept ids of the layers that have kept theirs
   */
  recall(model: ResolvedModel, { first, kept }: { first: FirstWeights; kept: string[] }): { first: FirstWeights; kept: string[] } {
    const weights = { ...first.weights };
    const found = model.layers.filter((layer) => {
      const key = this.keyOf(layer);
      const old = key === null ? undefined : this.layers.get(key);
      if (kept.includes(layer.id) || !old) return false;
      weights[layer.id] = structuredClone(old);
      return true;
    });
    if (found.length === 0) return { first, kept };
    const all = new Set([...kept, ...found.map(({ id }) => id)]);
    const inOrder = model.layers.map(({ id }) => id).filter((id) => all.has(id));
    return { first: { weights, step: 0, source: 'kept' }, kept: inOrder };
  }

  /** A layer that has been of several shapes has weights for each. Null for one without weights, or without a name. */
  private keyOf(layer: Layer): string | null {
    const name = this.names[layer.id];
    return name === undefined || layer.weights.length === 0 ? null : `${name} ${tensorsOf(layer)}`;
  }
}
