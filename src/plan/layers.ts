import { at } from '../at';
import { activationCode, needsPreactivation } from '../model/activations';
import { activationOf, type ResolvedLayer, type ResolvedModel } from '../model/resolve';
import { sizeOf } from '../model/shape';
import { kindOf } from '../model/spec';
import type { Allocator } from './allocator';
import type { TensorRef } from './dispatch';
import { kernelsOf } from './kernels';
import { activationForward } from './kernels/activation';
import type { ForwardSite } from './kernels/layer-kernels';
import { optionalParameter, parameterRef, type ParameterLayout } from './parameters';
import type { ForwardLayer, LookOptions } from './plan-types';

/** What the layers of one plan have in common. */
export interface LayersContext extends LookOptions {
  model: ResolvedModel;
  parameters: ParameterLayout;
  allocator: Allocator;
  /** Input of the network, [N, H, W, C]. */
  input: TensorRef;
}

/** A layer's forward pass, and the input of its backward pass. */
export interface PlannedForward {
  plan: ForwardLayer;
  site: ForwardSite;
  /** Whether the output is the input under another shape. */
  isView: boolean;
}

/** Plans the outputs of every layer, from the input on. */
export function planForwardLayers(context: LayersContext): ForwardLayer[] {
  const plans: ForwardLayer[] = [];
  for (const layer of context.model.layers) plans.push(planForwardLayer(context, layer, plans, false).plan);
  return plans;
}

/**
 * Plans the output of the next layer. A view shares the memory of its input.
 * @param before the layers before it
 * @param gradients whether there will be a backward pass
 */
export function planForwardLayer(
  context: LayersContext,
  layer: ResolvedLayer,
  before: readonly ForwardLayer[],
  gradients: boolean,
): PlannedForward {
  const { allocator, parameters, batchSize, tuning, training } = context;
  const { id, spec } = layer;
  const x = before.at(-1)?.y ?? context.input;
  const isView = kindOf(spec.kind).isView?.(spec, training) ?? false;
  const y = isView ? x : allocator.allocate('activations', batchSize * sizeOf(layer.outputShape));
  const activation = activationOf(spec);
  const fused = fusesActivation(layer);
  // An activation whose derivative needs the value before the activation runs as its own kernel.
  const z = fused && needsPreactivation(activation) ? allocator.allocate('activations', y.length) : y;
  const site: ForwardSite = {
    id,
    index: before.length,
    batch: batchSize,
    input: layer.inputShape,
    output: layer.outputShape,
    training,
    tuning,
    x,
    skip: layer.skipFrom === undefined ? null : at(before, layer.skipFrom).y,
    y: z,
    activation: fused && z === y ? activationCode(activation) : 0,
    weight: (name) => parameterRef(parameters, id, name),
    optionalWeight: (name) => optionalParameter(parameters, id, name),
    batchValue: (name) => (gradients ? optionalParameter(parameters, id, name, 'gradients') : null),
    workspace: workspaces(allocator),
  };
  const forward = isView ? [] : kernelsOf(spec.kind).forward(spec, site);
  if (z !== y) forward.push(activationForward(id, activation, z, y, tuning));
  return { plan: { id, x, y, forward }, site, isView };
}

function workspaces(allocator: Allocator): ForwardSite['workspace'] {
  const known = new Map<string, TensorRef>();
  return (name, length) => {
    const kept = known.get(name) ?? allocator.allocate('workspace', length);
    known.set(name, kept);
    return kept;
  };
}

/** Whether the kernel of the layer itself applies an activation that is not linear. */
export function fusesActivation({ spec }: ResolvedLayer): boolean {
  return kindOf(spec.kind).fusesActivation === true && activationCode(activationOf(spec)) !== 0;
}
