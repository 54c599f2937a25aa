import { gridOf, type Arena, type Dispatch, type TensorRef, type Tuning } from './kernels/launch';
import { sizeOf, type Shape } from '../model/shape';
import type { ResolvedModel } from '../model/resolve';
import type { OptimizerKind } from '../model/settings';
import { createAllocator, padded } from './allocator';
import { planLayers, type LayerPlan } from './layers';
import { layOutParameters, type ParameterLayout } from './parameters';
import { MOMENTS, planUpdate, type Update } from './update';

export interface PlanOptions {
  /**
   * N, rows of a batch. A batch may hold fewer examples; the rest is padding that counts for
   * nothing.
   */
  batchSize: number;
  tuning: Tuning;
  /** How far the plan goes: outputs only, gradients too, or the update of the weights as well. */
  depth: 'forward' | 'backward' | 'train';
  /**
   * Whether layers behave as in training (Keras's `training=True`) or as when the network is used.
   */
  training: boolean;
  /** Whether dL/d(input of the network) is wanted; training does without it. */
  inputGradient?: boolean;
  optimizer?: OptimizerKind;
}

/** Everything that one training step does, as plain data: testable without a GPU. */
export interface Plan {
  batchSize: number;
  parameters: ParameterLayout;
  /** Elements of every arena that the plan needs, those it shares with other plans included. */
  arenas: Partial<Record<Arena, number>>;
  /** Constants to be written once into the arena `tables`. */
  tables: Uint32Array<ArrayBuffer>;
  /** Input of the network, [N, H, W, C], and its labels, [N]. */
  input: TensorRef;
  labels: TensorRef;
  /** One (loss, hit) pair per row, [N, 2]. */
  losses: TensorRef;
  layers: LayerPlan[];
  /**
   * Reads a batch from the data set; left out where the caller writes `input` and `labels` itself.
   */
  gather: Dispatch;
  forward: Dispatch[];
  backward: Dispatch[];
  /** Finishing gradients, metrics and the optimizer; null unless the plan trains. */
  update: Update | null;
}

/** Lays out memory and lists the kernel launches for a model at a batch size. */
export function buildPlan(model: ResolvedModel, options: PlanOptions): Plan {
  const { batchSize, depth } = options;
  const allocator = createAllocator();
  const parameters = layOutParameters(model);
  const input = allocator.allocate('activations', batchSize * sizeOf(model.spec.input));
  const labels = allocator.allocate('workspace', batchSize);
  const losses = allocator.allocate('statistics', 2 * batchSize);
  const layers = planLayers(model, parameters, input, allocator, options);
  const loss = planLoss(model, layers, labels, losses, options);
  const backward = depth === 'forward' ? [] : [loss, ...[...layers].reverse().flatMap((layer) => layer.backward)];
  const update = depth === 'forward' ? null : planUpdate(layers, parameters, losses, allocator, options);
  return {
    batchSize,
    parameters,
    arenas: { ...allocator.sizes, ...parameterArenas(parameters, options) },
    tables: update?.tables ?? new Uint32Array(0),
    input,
    labels,
    losses,
    layers,
    gather: planGather(model.spec.input, input, labels, options),
    forward: layers.flatMap((layer) => layer.forward),
    backward,
    update,
  };
}

function parameterArenas(
  layout: ParameterLayout,
  { depth, optimizer = 'sgd' }: PlanOptions,
): Partial<Record<Arena, number>> {
  const { length } = layout;
  if (depth === 'forward') return { parameters: length };
  if (depth === 'backward') return { parameters: length, gradients: length };
  return lastingArenas(layout, optimizer);
}

/** Elements of the arenas that last as long as a network in training, whatever the batch size. */
export function lastingArenas(
  { length, trainable }: ParameterLayout,
  optimizer: OptimizerKind,
): Partial<Record<Arena, number>> {
  const moments = MOMENTS[optimizer].map((arena) => [arena, trainable]);
  return { parameters: length, gradients: length, state: padded(2), ...Object.fromEntries(moments) };
}

/** Every launch of one training step, in order. */
export function stepDispatches({ gather, forward, backward, update }: Plan): Dispatch[] {
  return [gather, ...forward, ...backward, update!.finish, update!.record, ...update!.optimize];
}

function planGather(image: Shape, input: TensorRef, labels: TensorRef, { batchSize, tuning }: PlanOptions): Dispatch {
  const whole = (arena: Arena): TensorRef => ({ arena, offset: 0, length: Infinity });
  return {
    label: 'gather batch',
    shader: 'gather',
    entryPoint: 'gather',
    constants: { SIZE: sizeOf(image), WORKGROUP: tuning.workgroup },
    bindings: [
      { index: 0, tensor: whole('images'), access: 'read' },
      { index: 1, tensor: whole('labels'), access: 'read' },
      { index: 2, tensor: whole('order'), access: 'read' },
      { index: 3, tensor: input, access: 'read_write' },
      { index: 4, tensor: labels, access: 'read_write' },
    ],
    workgroups: gridOf(Math.ceil((batchSize * Math.ceil(sizeOf(image) / 4)) / tuning.workgroup)),
    usesStep: true,
  };
}

function planLoss(
  model: ResolvedModel,
  layers: LayerPlan[],
  labels: TensorRef,
  losses: TensorRef,
  options: PlanOptions,
): Dispatch {
  const last = layers.at(-1)!;
  return {
    label: 'softmax cross-entropy',
    shader: 'loss',
    entryPoint: 'softmaxCrossEntropy',
    // One thread per row: small workgroups spread few rows over the machine.
    constants: { CLASSES: model.classes, WORKGROUP: 16 },
    bindings: [
      { index: 0, tensor: last.y, access: 'read' },
      { index: 1, tensor: labels, access: 'read' },
      { index: 2, tensor: last.dy, access: 'read_write' },
      { index: 3, tensor: losses, access: 'read_write' },
    ],
    workgroups: [Math.ceil(options.batchSize / 16), 1, 1],
    usesStep: true,
  };
}
