import { required } from '../errors';
import type { OptimizerKind } from '../model/optimizers';
import type { ResolvedModel } from '../model/resolve';
import { sizeOf } from '../model/shape';
import { createAllocator, padded, type Allocator } from './allocator';
import type { Arena, Dispatch, TensorRef } from './dispatch';
import { planFinish } from './finish';
import { planGather } from './gather';
import { planGradientLayers } from './gradient-layers';
import { planForwardLayers, type LayersContext } from './layers';
import { layOutParameters, type ParameterLayout } from './parameters';
import type {
  ForwardPlan,
  GradientLayer,
  GradientPlan,
  LookOptions,
  PlanOptions,
  TrainingOptions,
  TrainingPlan,
} from './plan-types';
import { packTables } from './tables';
import { MOMENTS, planUpdate } from './update';

/** A pass that computes outputs: memory and kernel launches for a model at a batch size. */
export function planForward(model: ResolvedModel, options: LookOptions): ForwardPlan {
  const base = begin(model, options);
  const { allocator, parameters } = base.context;
  const layers = planForwardLayers(base.context);
  return {
    ...base.common,
    arenas: { ...allocator.sizes, parameters: parameters.length },
    tables: packTables(allocator.sizes.tables ?? 0, base.tables),
    layers,
    logits: logitsOf(layers),
    forward: layers.flatMap(({ forward }) => forward),
  };
}

/** A pass that computes all gradients and changes nothing. */
export function planGradients(model: ResolvedModel, options: LookOptions): GradientPlan {
  const { context, common, tables } = begin(model, options);
  const { allocator, parameters } = context;
  const planned = planGradientLayers(context, { input: true, outputs: true });
  const layers = planned.map((layer) => ({ ...layer, dx: required(layer.dx, `dL/dx of ${layer.id}`) }));
  const finish = planFinish(layers, parameters, allocator, options.tuning);
  return {
    ...common,
    ...passes(model, layers, common, options),
    layers,
    arenas: { ...allocator.sizes, parameters: parameters.length, gradients: parameters.length },
    tables: packTables(allocator.sizes.tables ?? 0, [...tables, finish.table]),
    finish: finish.dispatch,
  };
}

/** One training step. */
export function planTraining(model: ResolvedModel, options: TrainingOptions): TrainingPlan {
  const { context, common, tables: first } = begin(model, { ...options, training: true });
  const { allocator, parameters } = context;
  const layers = planGradientLayers(context, { input: false, outputs: false });
  const finish = planFinish(layers, parameters, allocator, options.tuning);
  const { update, tables } = planUpdate(finish, common.losses, parameters, allocator, options);
  return {
    ...common,
    ...passes(model, layers, common, options),
    layers,
    arenas: { ...allocator.sizes, ...lastingArenas(parameters, options.optimizer) },
    tables: packTables(allocator.sizes.tables ?? 0, [...first, finish.table, ...tables]),
    finish: finish.dispatch,
    update,
  };
}

/** Elements of the arenas that last as long as a network in training, whatever the batch size. */
export function lastingArenas(
  { length, trainable }: ParameterLayout,
  optimizer: OptimizerKind,
): Partial<Record<Arena, number>> {
  const moments = MOMENTS[optimizer].map((arena) => [arena, trainable] as const);
  return { parameters: length, gradients: length, state: padded(2), ...Object.fromEntries(moments) };
}

/** Every launch of one training step, in order. */
export function stepDispatches({ gather, forward, backward, finish, update }: TrainingPlan): Dispatch[] {
  return [gather, ...forward, ...backward, finish, update.record, ...update.optimize];
}

/** The beginning of every plan: the memory of the batch, and the launch that fills it. */
function begin(model: ResolvedModel, options: LookOptions) {
  const { batchSize } = options;
  const allocator: Allocator = createAllocator();
  const parameters = layOutParameters(model);
  const input = allocator.allocate('activations', batchSize * sizeOf(model.spec.input));
  const labels = allocator.allocate('workspace', batchSize);
  const losses = allocator.allocate('statistics', 2 * batchSize);
  const context: LayersContext = { ...options, model, parameters, allocator, input };
  const { dispatch: gather, tables } = planGather(model.spec, input, labels, allocator, options);
  return { context, tables, common: { batchSize, parameters, input, labels, losses, gather } };
}

const logitsOf = (layers: readonly { y: TensorRef }[]) => required(layers.at(-1), 'last layer').y;

/** The launches of the forward and the backward pass. */
function passes(
  model: ResolvedModel,
  layers: readonly GradientLayer[],
  { labels, losses }: { labels: TensorRef; losses: TensorRef },
  { batchSize }: PlanOptions,
) {
  const logits = logitsOf(layers);
  const { dy } = required(layers.at(-1), 'last layer');
  const loss = planLoss(model.classes, batchSize, { logits, target_: labels, dLogits: dy, result: losses });
  return {
    logits,
    forward: layers.flatMap(({ forward }) => forward),
    backward: [loss, ...layers.toReversed().flatMap(({ backward }) => backward)],
  };
}

function planLoss(classes: number, batchSize: number, bindings: Dispatch['bindings']): Dispatch {
  return {
    label: 'softmax cross-entropy',
    shader: 'loss',
    entryPoint: 'softmaxCrossEntropy',
    // There is one thread per row, and small workgroups spread few rows over the machine.
    constants: { CLASSES: classes, WORKGROUP: 16 },
    bindings,
    workgroups: [Math.ceil(batchSize / 16), 1, 1],
  };
}
