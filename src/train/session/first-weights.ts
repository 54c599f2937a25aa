import { PlaygroundError, required } from '../../errors';
import { initialWeights, type Weights } from '../../model/initialize';
import { kernelInitializerFields, type Initializer } from '../../model/initializers';
import type { WeightSpec } from '../../model/layer-kind';
import type { ResolvedModel } from '../../model/resolve';
import { mergeWeights } from '../../model/check-weights';
import { OPTIMIZERS } from '../../model/optimizers';
import type { TrainSettings } from '../../model/settings';
import type { FirstWeights } from '../loop/run-context';
import type { OptimizerState, RunStart } from '../wire/protocol';

type Layer = ResolvedModel['layers'][number];

/** Newly drawn weights, at step 0. */
export const freshWeights = (model: ResolvedModel, seed: number): FirstWeights => ({
  weights: initialWeights(model, seed),
  step: 0,
});

/**
 * Checks the given weights and uses them in place of fresh ones.
 * @throws PlaygroundError naming what does not fit the network or its optimizer, or an invalid
 * step.
 */
export function startFrom(
  model: ResolvedModel,
  settings: TrainSettings,
  { weights, step, source, optimizer }: RunStart,
): FirstWeights {
  const fresh = initialWeights(model, settings.seed);
  const first = { weights: mergeWeights(model, fresh, weights), step: checkedStep(step), source };
  return optimizer ? { ...first, optimizer: checkedState(model, settings, fresh, optimizer) } : first;
}

function checkedStep(step: number): number {
  if (Number.isSafeInteger(step) && step >= 0) return step;
  throw new PlaygroundError(`a run cannot begin at step ${String(step)}.`, {
    where: { field: 'step' },
    remedy: 'Give 0 or a whole number.',
  });
}

/** @param fresh weights of the network, for their shapes */
function checkedState(
  model: ResolvedModel,
  { optimizer }: TrainSettings,
  fresh: Weights,
  state: OptimizerState,
): OptimizerState {
  const { moments } = OPTIMIZERS[optimizer.kind];
  if (state.moments.length !== moments) {
    const what = `${optimizer.kind} remembers ${moments} moments, but ${state.moments.length} are given.`;
    throw new PlaygroundError(what, {
      where: { field: 'optimizer' },
      remedy: 'Begin with the settings that the weights were trained with.',
    });
  }
  const zero = zerosLike(fresh);
  return { step: checkedStep(state.step), moments: state.moments.map((moment) => mergeWeights(model, zero, moment)) };
}

function zerosLike(weights: Weights): Weights {
  const zeros: Weights = {};
  for (const [layer, tensors] of Object.entries(weights)) {
    zeros[layer] = Object.fromEntries(
      Object.entries(tensors).map(([name, { shape, data }]) => [name, { shape, data: new Float32Array(data.length) }]),
    );
  }
  return zeros;
}

/**
 * The weights of a changed network. A layer keeps its weights if all its tensors have the same
 * shapes and initializers as before: whoever chooses another initializer wants to see what it does.
 * @param fresh fresh weights of the new network
 * @param present weights of the old network
 * @param keep ids in the old network, by ids in the new one
 * @returns `kept`: ids in the new network, in its order
 */
export function keepWeights(
  model: ResolvedModel,
  fresh: Weights,
  before: ResolvedModel,
  present: Weights,
  keep: Record<string, string>,
) {
  const weights: Weights = { ...fresh };
  const kept: string[] = [];
  for (const layer of model.layers) {
    const { id } = layer;
    const old = Object.hasOwn(keep, id) ? before.layers.find((layer) => layer.id === keep[id]) : undefined;
    if (!old || layer.weights.length === 0 || tensorsOf(old) !== tensorsOf(layer)) continue;
    weights[id] = structuredClone(required(present[old.id], `weights of ${old.id}`));
    kept.push(id);
  }
  return { weights, kept };
}

/**
 * Describes the kind and the tensors of a layer as a text, with how their first values are drawn. If
 * two layers have the same text, the weights of one serve the other.
 */
export const tensorsOf = ({ spec, weights }: Layer): string =>
  JSON.stringify([
    spec.kind,
    weights.map(({ name, shape, initializer }) => [name, shape, ...choiceOf(name, initializer)]),
  ]);

/**
 * The initializer, if a person chose another one than the default. Only that of a kernel can be
 * chosen. The default is left out, so that records of earlier visits still find their layers.
 */
function choiceOf(name: WeightSpec['name'], { kind, value }: Initializer): unknown[] {
  if (name !== 'weight' || kind === kernelInitializerFields.kernelInitializer.default) return [];
  return kind === 'constant' ? [kind, value] : [kind];
}
