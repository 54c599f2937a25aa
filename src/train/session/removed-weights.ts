import { required } from '../../errors';
import type { LayerWeights, Tensor, Weights } from '../../model/initialize';
import type { ResolvedModel } from '../../model/resolve';
import type { FirstWeights } from '../loop/run-context';
import { keepWeights, tensorsOf } from './first-weights';
import type { RemovedWeightsRecord } from '../wire/protocol';

/**
 * The start of a run, and the layers (in the order of the network) whose weights are not fresh.
 */
export interface Begun {
  first: FirstWeights;
  kept: string[];
}

/** A trained network. */
export interface Learnt {
  model: ResolvedModel;
  weights: Weights;
}

type Layer = ResolvedModel['layers'][number];

/** The number of entries is limited, because each change of a layer can leave weights behind. */
const MOST_LAYERS = 40;
/** At most this many bytes, of the layers removed last, go into the browser's storage. */
const MOST_BYTES = 32 * 2 ** 20;

/**
 * Keeps the trained weights of layers that an edit removed or gave another shape. The weights are
 * stored by layer names that stay the same from edit to edit, so that a layer gets its old weights
 * back after an undo, or when it is switched on again.
 */
export class RemovedWeights {
  private readonly layers = new Map<string, LayerWeights>();
  /** Name of each layer of the present network, by layer id. */
  private names: Readonly<Record<string, string>> = {};
  /** Counts the changes of the stored weights. */
  private changes = 0;

  /** Number of changes so far. A {@link restore} does not count as a change. */
  get revision(): number {
    return this.changes;
  }

  /** A record for {@link restore} on a later visit. A copy, because the worker transfers it. */
  record(): RemovedWeightsRecord {
    let bytes = 0;
    const newestFirst = [...this.layers].reverse();
    const kept = newestFirst.filter(([, weights]) => (bytes += bytesOf(weights)) <= MOST_BYTES);
    return structuredClone(kept.reverse());
  }

  /** Takes in the record of an earlier visit, and ignores anything that is not a valid record. */
  restore(record: unknown): void {
    for (const entry of Array.isArray(record) ? (record as unknown[]) : []) {
      if (isEntry(entry) && !this.layers.has(entry[0])) this.layers.set(...entry);
    }
  }

  /**
   * The start of a network after an edit. Unchanged layers keep their weights, and layers that were
   * in an earlier network get their weights back.
   * @param fresh the start without any kept weights
   * @param before the network before the edit; null if its weights were never trained and so are
   * not worth keeping
   * @param keep ids in the network before the edit, by ids in the new one
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

  /** Forgets all weights. Called when a run begins with its own weights and needs none of these. */
  clear(names = this.names): void {
    if (this.layers.size > 0) this.changes++;
    this.layers.clear();
    this.names = names;
  }

  /** Stores the weights of the network that is edited. */
  private note({ model, weights }: Learnt): void {
    for (const layer of model.layers) {
      const key = this.keyOf(layer);
      if (key === null) continue;
      // Re-inserting the key makes the layers that were removed last the last to be dropped.
      this.layers.delete(key);
      this.layers.set(key, required(weights[layer.id], `weights of ${layer.id}`));
      this.changes++;
    }
    const surplus = this.layers.size - Math.max(MOST_LAYERS, model.layers.length);
    for (const oldest of [...this.layers.keys()].slice(0, Math.max(0, surplus))) this.layers.delete(oldest);
  }

  /**
   * Gives the layers with fresh weights their earlier weights back, if all shapes agree.
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
   * The key of a layer's stored weights. A layer that had several shapes has weights for each. Null
   * for a layer without weights or without a name.
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
