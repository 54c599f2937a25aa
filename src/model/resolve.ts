import { at, last } from '../at';
import { PlaygroundError, required } from '../errors';
import type { Activation } from './activations';
import { isTrainable, type WeightSpec } from './layer-kind';
import { channelsOf, type Shape, sizeOf } from './shape';
import type { LayerSpec } from './layers';
import { kindOf, layerIds, type ModelSpec } from './spec';

/** One layer with everything that follows from its place in the stack. */
export interface ResolvedLayer {
  id: string;
  spec: LayerSpec;
  inputShape: Shape;
  /** Index of the layer whose output is the second input; only for a layer that has one. */
  skipFrom?: number;
  outputShape: Shape;
  weights: WeightSpec[];
  /** Number of trainable parameters. */
  parameters: number;
  /** Multiply-adds of the forward pass for one image. */
  multiplyAdds: number;
}

export interface ResolvedModel {
  spec: ModelSpec;
  layers: ResolvedLayer[];
  /** Length of the last layer's output. */
  classes: number;
  parameters: number;
  multiplyAdds: number;
}

/**
 * One layer as the builder shows it. Layers before the first problem of the stack are resolved. The
 * layer with the first problem reports it.
 */
export interface LayerReport {
  id: string;
  resolved?: ResolvedLayer;
  problem?: PlaygroundError;
  /**
   * What the network still lacks, if this is the last layer and its output is not one score per
   * class. Nothing is wrong with the layer, which is resolved.
   */
  unfinished?: PlaygroundError;
}

/**
 * Walks the stack from the input and reports shapes, parameter counts and problems of every layer.
 * Of the layers after the first problem, only the ids are reported, because their input is unknown.
 * Never throws for a spec that passed `parseModelSpec`.
 * @param classes number of classes of the data set; the last layer must have as many outputs. If
 * left out, any number of outputs is allowed.
 */
export function inspectModel(spec: ModelSpec, classes?: number): LayerReport[] {
  const ids = layerIds(spec.layers);
  const reports: LayerReport[] = [];
  let shape: Shape | undefined = spec.input;
  spec.layers.forEach((layer, i) => {
    const id = at(ids, i);
    if (!shape) return void reports.push({ id });
    try {
      const resolved = resolveLayer(layer, id, shape, skipOf(layer, ids, reports));
      const isLast = i === spec.layers.length - 1;
      checkPlace(resolved, isLast, classes);
      const unfinished = isLast && missingAfter(resolved, classes);
      reports.push({ id, resolved, ...(unfinished && { unfinished }) });
      shape = resolved.outputShape;
    } catch (error) {
      if (!(error instanceof PlaygroundError)) throw error;
      const where = { ...error.where, layer: id };
      reports.push({ id, problem: new PlaygroundError(error.what, { where, remedy: error.remedy }) });
      shape = undefined;
    }
  });
  return reports;
}

/** Whether a layer has its place in a network that can be trained. */
export const isSound = ({ resolved, unfinished }: LayerReport): boolean => resolved !== undefined && !unfinished;

/**
 * A network with the shapes of all layers worked out.
 * @throws PlaygroundError for the first layer that does not fit, and for an unfinished network.
 */
export function resolveModel(spec: ModelSpec, classes?: number): ResolvedModel {
  if (spec.layers.length === 0) {
    throw new PlaygroundError('the network has no layers.', {
      remedy: 'Add a Flatten and a Dense layer to begin with.',
    });
  }
  const layers = inspectModel(spec, classes).map(({ resolved, problem, unfinished }) => {
    const fault = problem ?? unfinished;
    if (fault) throw fault;
    return required(resolved, 'resolved layer where there is no problem');
  });
  const total = (key: 'parameters' | 'multiplyAdds') => layers.reduce((sum, layer) => sum + layer[key], 0);
  return {
    spec,
    layers,
    classes: channelsOf(last(layers).outputShape),
    parameters: total('parameters'),
    multiplyAdds: total('multiplyAdds'),
  };
}

function resolveLayer(spec: LayerSpec, id: string, inputShape: Shape, skip?: Skip): ResolvedLayer {
  const kind = kindOf(spec.kind);
  const outputShape = kind.outputShape(spec, inputShape, skip?.shape);
  const weights = kind.weights(spec, inputShape);
  const parameters = weights.filter(isTrainable).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const skipFrom = skip && { skipFrom: skip.index };
  return {
    id,
    spec,
    inputShape,
    ...skipFrom,
    outputShape,
    weights,
    parameters,
    multiplyAdds: kind.multiplyAdds(spec, inputShape),
  };
}

const REMOVED = ' (removed)';

/** Marks the id of a removed layer, because another layer may have the same id now. */
export const removedId = (id: string) => id + REMOVED;
const isRemoved = (id: string) => id.endsWith(REMOVED);

const OFF = ' (off)';

/**
 * Marks the id of a layer that is switched off, if no active layer before it can take its place in
 * a reference.
 */
export const offId = (id: string) => id + OFF;

interface Skip {
  index: number;
  shape: Shape;
}

/** @throws PlaygroundError if a layer names a second input that is not an earlier layer. */
function skipOf(spec: LayerSpec, ids: readonly string[], before: readonly LayerReport[]): Skip | undefined {
  const from = kindOf(spec.kind).skipFrom?.(spec);
  if (!from) return undefined;
  const index = ids.indexOf(from);
  const resolved = before[index]?.resolved;
  if (resolved) return { index, shape: resolved.outputShape };
  const what = index < 0 ? missing(from) : `it adds ${from}, which does not come before it.`;
  throw new PlaygroundError(what, { where: { field: 'from' }, remedy: 'Choose an earlier layer.' });
}

function missing(from: string): string {
  if (isRemoved(from)) return 'the layer it added was removed.';
  return from.endsWith(OFF)
    ? 'the layer it adds is off, and no layer comes before that.'
    : `there is no layer "${from}".`;
}

/** Rules that depend on where in the stack a layer stands. */
function checkPlace(layer: ResolvedLayer, isLast: boolean, classes?: number): void {
  const { spec, outputShape } = layer;
  if (activationOf(spec) !== 'softmax') return;
  if (!isLast) {
    throw new PlaygroundError('softmax is only possible in the last layer, where it turns scores into probabilities.', {
      where: { field: 'activation' },
      remedy: 'Choose relu here, or move the layer to the end.',
    });
  }
  // A softmax says that this is meant as the output, so it is wrong and not unfinished.
  if (outputShape.length === 1 && classes !== undefined && outputShape[0] !== classes) {
    throw wrongNumberOfScores(layer, classes);
  }
}

/** What a network that ends with this layer still lacks; null if it gives one score per class. */
function missingAfter(layer: ResolvedLayer, classes?: number): PlaygroundError | null {
  const { id, outputShape } = layer;
  if (outputShape.length === 1) {
    return classes === undefined || outputShape[0] === classes ? null : wrongNumberOfScores(layer, classes);
  }
  return new PlaygroundError(
    `the network ends with an image [${outputShape.join(', ')}], but needs one score per class.`,
    {
      where: { layer: id },
      remedy: `Add a Flatten layer and a Dense layer${classes ? ` with ${classes} units` : ''} to finish it.`,
    },
  );
}

const wrongNumberOfScores = ({ id, outputShape }: ResolvedLayer, classes: number) =>
  new PlaygroundError(`the network ends with ${outputShape[0]} outputs, but the data has ${classes} classes.`, {
    where: { layer: id },
    remedy: `End with a Dense layer of ${classes} units.`,
  });

/** The activation a layer applies to its own output. */
export function activationOf(spec: LayerSpec): Activation {
  return 'activation' in spec ? spec.activation : 'linear';
}
