import type { LayerWeights, Tensor, Weights } from '../../model/initialize';
import type { ResolvedModel } from '../../model/resolve';
import type { FirstWeights } from '../loop/run-context';
import { keepWeights, tensorsOf } from './first-weights';
import type { RemovedWeightsRecord } from '../wire/protocol';

/**
 * What a run begins with, and the layers (in the order of the network) whose weights are not fresh.
 */
export interface Begun {
  first: FirstWeights;
  kept: string[];
}

/** A network that has learnt something. */
export interface Learnt {
  model: ResolvedModel;
  weights: Weights;
}

type Layer = ResolvedModel['layers'][number];

/** A layer that is changed again and again leaves its weights behind each time. */
const MOST_LAYERS = 40;
/** Of the layers removed last, so many bytes go into the browser's storage. */
const MOST_BYTES = 32 * 2 ** 20;

/**
 * Trained weights of layers that an edit took away or gave another shape, by names that stay the
 * same from edit to edit: an undo, or a layer switched on again, finds them as they were then.
 */
export class RemovedWeights {
  private readonly layers = new Map<string, LayerWeights>();
  /** Name of each layer of the present network, by id. */
  private names: Readonly<Record<string, string>> = {};
  /** Rises with every change of what is here. */
  private changes = 0;

  /** Number of changes so far; {@link restore} is none. */
  get revision(): number {
    return this.changes;
  }

  /** For {@link restore} on a later visit. Copies: what leaves the worker is handed over. */
  record(): RemovedWeightsRecord {
    let bytes = 0;
    const newestFirst = [...this.layers].reverse();
    const kept = newestFirst.filter(([, weights]) => (bytes += bytesOf(weights)) <= MOST_BYTES);
    return structuredClone(kept.reverse());
  }

  /** Takes in the record of an earlier visit; anything that is no record is left out. */
  restore(record: unknown): void {
    for (const entry of Array.isArray(record) ? (record as unknown[]) : []) {
      if (isEntry(entry) && !this.layers.has(entry[0])) this.layers.set(...entry);
    }
  }

  /**
   * What the network begins with that an edit made of another: layers that are as they were keep
   * their weights, those that were seen before get theirs back.
   * @param fresh what it would begin with else
   * @param before the network that was edited; null where its weights were never trained, and so
   * are not worth keeping
   * @param keep ids in that network, by ids in the new one
   */
  inherit(
    model: ResolvedModel,
    fresh: FirstWeights,
    before: Learnt | null,
    keep: Record<string, string>,
    names: Record<string, string>,
  ): Begun {
    if (before) this.note(before);
    this.names = names;
    if (!before) return this.recall(model, { first: fresh, kept: [] });
    const { weights, kept } = keepWeights(model, fresh.weights, before.model, before.weights, keep);
    return this.recall(model, { first: kept.length > 0 ? { weights, step: 0, source: 'kept' } : fresh, kept });
  }

  /** A run with weights of its own begins: nothing learnt so far is wanted back. */
  clear(names = this.names): void {
    if (this.layers.size > 0) this.changes++;
    this.layers.clear();
    this.names = names;
  }

  /** Notes the weights of the network that is edited. */
  private note({ model, weights }: Learnt): void {
    for (const layer of model.layers) {
      const key = this.keyOf(layer);
      if (key === null) continue;
      // Removed last, thrown out last.
      this.layers.delete(key);
      this.layers.set(key, weights[layer.id]);
      this.changes++;
    }
    const surplus = this.layers.size - Math.max(MOST_LAYERS, model.layers.length);
    for (const oldest of [...this.layers.keys()].slice(0, Math.max(0, surplus))) this.layers.delete(oldest);
  }

  /**
   * Gives the layers of the present network that have fresh weights those that they had before,
   * where all shapes agree.
   */
  private recall(model: ResolvedModel, { first, kept }: Begun): Begun {
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

  /**
   * A layer that has been of several shapes has weights for each. Null for one without weights, or
   * without a name.
   */
  private keyOf(layer: Layer): string | null {
    const name = this.names[layer.id];
    return name === undefined || layer.weights.length === 0 ? null : `${name} ${tensorsOf(layer)}`;
  }
}

const bytesOf = (weights: LayerWeights) => Object.values(weights).reduce((sum, { data }) => sum + data.byteLength, 0);

function isEntry(entry: unknown): entry is RemovedWeightsRecord[number] {
  if (!Array.isArray(entry) || typeof entry[0] !== 'string' || typeof entry[1] !== 'object' || entry[1] === null)
    return false;
  return Object.values(entry[1] as Record<string, unknown>).every(isTensor);
}

function isTensor(value: unknown): boolean {
  const { shape, data } = (value ?? {}) as Partial<Tensor>;
  return (
    Array.isArray(shape) && data instanceof Float32Array && data.length === shape.reduce((size, side) => size * side, 1)
  );
}
