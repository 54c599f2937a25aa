import { at } from '../../at';
import { tensorOf } from '../loop/tensors';
import { PlaygroundError } from '../../errors';
import type { Tensor, Weights } from '../../model/initialize';
import { scalePixels } from '../../model/input-scaling';
import { isTrainable } from '../../model/layer-kind';
import { sizeOf } from '../../model/shape';
import type { ResolvedLayer, ResolvedModel } from '../../model/resolve';
import type { TrainSettings } from '../../model/settings';
import { requireRoom } from '../../model/cost';
import type { BackwardResult } from '../../backend/engine';
import { answersOf, softmaxRows, summarize } from '../loop/evaluation';
import { imagesOfBatch } from '../loop/pixels';
import type { Session } from '../session/session';
import type { Account } from '../loop/work-clock';
import { statsOf } from './trace-stats';
import type { BatchTrace, LayerTrace, WeightTrace } from '../wire/trace-types';

/**
 * The most examples whose tensors are shown, and the most bytes that their tensors of all layers
 * together may take.
 */
const EXAMPLES = 8;
const EXAMPLE_BYTES = 48 * 2 ** 20;
/** Numbers of a weight tensor that is shown as a picture. */
const PICTURE_SIZE = 65_536;

/** The parts of a trace that the network does not compute. */
type TraceContext = Pick<BatchTrace, 'runId' | 'step' | 'epoch' | 'stepsPerEpoch' | 'settings'> & {
  model: ResolvedModel;
};

/**
 * Looks at the next batch that training would take, and at everything that the step would compute
 * from it. This consumes nothing: the same batch is still the next one.
 * @throws PlaygroundError while the network trains, or if it cannot be trained.
 */
export async function traceNextBatch(session: Session, account: Account): Promise<BatchTrace> {
  const run = await session.settledRun();
  const { nextUpdate } = run.requireTrainer();
  const { data, settings } = session;
  const { model, epoch, stepsPerEpoch } = run;
  const network = run.askedBy(account);
  const step = run.step + 1;
  const batch = run.batchOf(step);
  if (!data || !batch || run.training) throw trainingNow();
  const { images, labels } = imagesOfBatch(data.dataset, batch);
  requireRoom(session.host.engine.estimate(model, { ...settings, batchSize: labels.length }));
  const asked = Promise.all([network.getWeights(), network.backward(images, labels, true, nextUpdate)]);
  const [weights, result] = await session.host.guard(asked);
  if (!session.holds(run) || run.training || run.step + 1 !== step) throw trainingNow();
  return assembleTrace({ runId: run.id, step, epoch, stepsPerEpoch, settings, model }, images, labels, weights, result);
}

const trainingNow = () =>
  new PlaygroundError('the network is training, so there is no next batch to look at.', {
    remedy: 'Pause it, then step through.',
  });

/**
 * @param images [n, H, W, C] in 0..1
 * @param labels [n]
 * @param weights weights that the batch was computed with
 */
function assembleTrace(
  { model, ...context }: TraceContext,
  images: Float32Array,
  labels: Uint8Array,
  weights: Weights,
  { loss, logits, outputs, layers }: BackwardResult,
): BatchTrace {
  const { classes } = model;
  const count = labels.length;
  const examples = examplesOf(model, count);
  const answers = answersOf(logits.data, labels, classes);
  const { gradientNorm, clipScale } = updateOf(model, weights, layers, context.settings);
  return {
    ...context,
    model: model.spec,
    images: firstExamples({ shape: [count, ...model.spec.input], data: images }, examples),
    inputStats: statsOf(scalePixels(model.spec, images)),
    labels,
    logits,
    probabilities: { shape: [count, classes], data: softmaxRows(logits.data, classes) },
    losses: Float32Array.from(answers.loss),
    loss,
    accuracy: summarize(answers, labels, classes).accuracy,
    layers: model.layers.map((layer, l) => traceLayer(layer, at(outputs, l), at(layers, l), weights, examples)),
    gradientNorm,
    clipScale,
  };
}

/** How many examples can be shown whole. */
function examplesOf(model: ResolvedModel, count: number): number {
  const bytes =
    4 * model.layers.reduce((sum, layer) => sum + 2 * sizeOf(layer.outputShape) + sizeOf(layer.inputShape), 0);
  return Math.min(count, Math.max(1, Math.min(EXAMPLES, Math.floor(EXAMPLE_BYTES / bytes))));
}

function traceLayer(
  layer: ResolvedLayer,
  output: Tensor,
  gradients: BackwardResult['layers'][number],
  weights: Weights,
  examples: number,
): LayerTrace {
  return {
    layer: layer.id,
    output: firstExamples(output, examples),
    outputGradient: firstExamples(gradients.output, examples),
    inputGradient: firstExamples(gradients.input, examples),
    stats: {
      output: statsOf(output.data),
      outputGradient: statsOf(gradients.output.data),
      inputGradient: statsOf(gradients.input.data),
    },
    weights: layer.weights.map((spec): WeightTrace => {
      const value = tensorOf(weights[layer.id], spec.name);
      const gradient = isTrainable(spec) ? gradients[spec.name] : undefined;
      const small = value.data.length <= PICTURE_SIZE;
      return {
        name: spec.name,
        shape: value.shape,
        stats: statsOf(value.data),
        ...(gradient && { gradientStats: statsOf(gradient.data) }),
        ...(small && { value }),
        ...(small && gradient && { gradient }),
      };
    }),
  };
}

/**
 * Norm of all gradients as the update takes them, including the gradient of the L2 penalty, which
 * is 2 * l2 * w on every tensor named `weight`; and the factor that clips them (Pascanu, Mikolov &
 * Bengio 2013, algorithm 1).
 */
function updateOf(
  model: ResolvedModel,
  weights: Weights,
  layers: BackwardResult['layers'],
  { l2, globalClipnorm }: TrainSettings,
) {
  let squares = 0;
  model.layers.forEach((layer, l) => {
    for (const { name } of layer.weights.filter(isTrainable)) {
      const [gradient, weight] = [tensorOf(layers[l], name).data, tensorOf(weights[layer.id], name).data];
      const decay = name === 'weight' ? 2 * l2 : 0;
      for (let i = 0; i < gradient.length; i++) squares += ((gradient[i] ?? NaN) + decay * (weight[i] ?? NaN)) ** 2;
    }
  });
  const gradientNorm = Math.sqrt(squares);
  return {
    gradientNorm,
    clipScale: globalClipnorm > 0 && gradientNorm > globalClipnorm ? globalClipnorm / gradientNorm : 1,
  };
}

/** Copies the first rows of a batch tensor, so that the whole batch need not stay in memory. */
function firstExamples({ shape, data }: Tensor, examples: number): Tensor {
  const length = examples * sizeOf(shape.slice(1));
  return { shape: [examples, ...shape.slice(1)], data: data.slice(0, length) };
}
