import { PlaygroundError } from '../errors';
import { initialWeights, type Weights } from '../model/initialize';
import type { ResolvedModel } from '../model/resolve';
import { mergeWeights } from '../model/check-weights';
import type { RunStart, WeightSource } from './protocol';

/** What a run begins with. */
export interface FirstWeights {
  weights: Weights;
  /** Steps done before this run. */
  step: number;
  /** Left out for fresh weights. */
  source?: WeightSource;
}

/** Weights drawn anew, step 0. */
export const freshWeights = (model: ResolvedModel, seed: number): FirstWeights => ({ weights: initialWeights(model, seed), step: 0 });

/**
 * The weights given, checked, in place of fresh ones.
 * @throws PlaygroundError naming what does not fit the network, or a step that is none.
 */
export function startFrom(model: ResolvedModel, seed: number, { weights, step, source }: RunStart): FirstWeights {
  if (!Number.isSafeInteger(step) || step < 0) {
    throw new PlaygroundError(`a run cannot begin at step ${String(step)}.`, {
      where: { field: 'step' },
      remedy: 'Give 0 or a whole number.',
    });
  }
  return { weights: mergeWeights(model, initialWeights(model, seed), weights), step, source };
}

/**
 * The weights of a network that was changed: those of each layer whose tensors all have the shapes that they had before.
 * @param fresh of the new network
 * @param present of the network before
 * @param keep ids in the network before, by ids in the new one
 * @returns `kept`: ids in the new network, in its order
 */
export function keepWeights(model: ResolvedModel, fresh: Weights, before: ResolvedModel, present: Weights, keep: Record<string, string>) {
  const weights: Weights = { ...fresh };
  const kept: string[] = [];
  for (const { id, spec, weights: tensors } of model.layers) {
    const old = Object.hasOwn(keep, id) ? before.layers.find((layer) => layer.id === keep[id]) : undefined;
    if (!old || tensors.length === 0 || old.spec.kind !== spec.kind || shapesOf(old.weights) !== shapesOf(tensors)) continue;
    weights[id] = structuredClone(present[old.id]);
    kept.push(id);
  }
  return { weights, kept };
}

const shapesOf = (tensors: readonly { name: string; shape: readonly number[] }[]) =>
  JSON.stringify(tensors.map(({ name, shape }) => [name, shape]));
