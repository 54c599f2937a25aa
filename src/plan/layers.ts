import { activationCode } from '../model/activations';
import { activationGradient } from '../model/activation-gradient';
import type { Dispatch, LayerSite, TensorRef } from '../model/kernel';
import { sizeOf } from '../model/layer-kind';
import { activationOf, type ResolvedLayer, type ResolvedModel } from '../model/resolve';
import { kindOf } from '../model/spec';
import type { Allocator } from './allocator';
import { parameterRef, type ParameterLayout } from './parameters';
import type { PlanOptions } from './plan';

/** One layer's memory and kernel launches. */
export interface LayerPlan {
  id: string;
  x: TensorRef;
  y: TensorRef;
  dx: TensorRef | null;
  dy: TensorRef;
  /** Partial sums of each weight gradient, [splits, ...shape]; the shapes are those of the parameter layout. */
  partials: { name: 'weight' | 'bias'; tensor: TensorRef; splits: number }[];
  forward: Dispatch[];
  backward: Dispatch[];
}

/** Plans every layer from the input on. A view shares the memory of its input, forward and backward. */
export function planLayers(
  model: ResolvedModel,
  parameters: ParameterLayout,
  input: TensorRef,
  allocator: Allocator,
  options: PlanOptions,
): LayerPlan[] {
  const backward = options.depth !== 'forward';
  const scratch = backward ? gradientScratch(model, allocator, options) : null;
  const nowhere: TensorRef = { arena: 'activationGradients', offset: 0, length: 0 };
  const inputGradient = backward && options.inputGradient ? allocator.allocate('activationGradients', input.length) : null;
  const plans: LayerPlan[] = [];
  for (const layer of model.layers) {
    const previous = plans.at(-1);
    const x = previous?.y ?? input;
    const dx = previous ? previous.dy : inputGradient;
    const length = options.batchSize * sizeOf(layer.outputShape);
    const isView = kindOf(layer.spec.kind).isView?.(layer.spec) ?? false;
    const y = isView ? x : allocator.allocate('activations', length);
    // Behind a leading view there may be no gradient to share: the layer itself then needs a place for dL/dy all the same.
    const dy = isView && dx ? dx : backward ? allocator.allocate('activationGradients', length) : nowhere;
    plans.push(
      planLayer(layer, { x, y, dx: backward && needsInputGradient(plans, dx) ? dx : null, dy, scratch }, parameters, allocator, options),
    );
  }
  return plans;
}

/** Only layers behind a trainable one, or a wanted input gradient, have a use for dL/dx. */
function needsInputGradient(before: LayerPlan[], dx: TensorRef | null): boolean {
  return dx !== null && (before.length === 0 || before.some((plan) => plan.partials.length > 0 || plan.dx !== null));
}

interface Memory {
  x: TensorRef;
  y: TensorRef;
  dx: TensorRef | null;
  dy: TensorRef;
  scratch: TensorRef | null;
}

function planLayer(
  layer: ResolvedLayer,
  memory: Memory,
  parameters: ParameterLayout,
  allocator: Allocator,
  options: PlanOptions,
): LayerPlan {
  const { x, y, dx, dy, scratch } = memory;
  const kind = kindOf(layer.spec.kind);
  const fused = kind.fusesActivation === true && activationCode(activationOf(layer.spec)) !== 0;
  const dz = fused && scratch ? { ...scratch, length: dy.length } : dy;
  const workspaces = new Map<string, TensorRef>();
  const partials: LayerPlan['partials'] = [];
  const site: LayerSite = {
    id: layer.id,
    batch: options.batchSize,
    input: layer.inputShape,
    output: layer.outputShape,
    tuning: options.tuning,
    x,
    y,
    dx,
    dy,
    dz,
    // Layers without weights never look at these.
    weight: parameterRef(parameters, layer.id, 'weight') ?? x,
    bias: parameterRef(parameters, layer.id, 'bias'),
    partials(splits) {
      const place = (name: 'weight' | 'bias') => {
        const spec = layer.weights.find((weight) => weight.name === name);
        // The shader names both; a layer without bias gets a place that is never written.
        if (!spec) return allocator.allocate('partials', 1);
        const tensor = allocator.allocate('partials', splits * sizeOf(spec.shape));
        partials.push({ name, tensor, splits });
        return tensor;
      };
      return { weight: place('weight'), bias: place('bias') };
    },
    workspace(name, length) {
      const kept = workspaces.get(name) ?? allocator.allocate('workspace', length);
      workspaces.set(name, kept);
      return kept;
    },
  };
  const forward = kind.isView?.(layer.spec) ? [] : kind.forward(layer.spec, site);
  const through = fused && dz !== dy ? [activationGradient(layer.id, activationOf(layer.spec), { y, dy, dz }, options.tuning)] : [];
  const backward = options.depth === 'forward' || kind.isView?.(layer.spec) ? [] : [...through, ...kind.backward(layer.spec, site)];
  return { id: layer.id, x, y, dx, dy, partials, forward, backward };
}

/** One stretch of memory for dL/dz, used by each layer in turn: it lives only until the layer's own kernels have run. */
function gradientScratch(model: ResolvedModel, allocator: Allocator, { batchSize }: PlanOptions): TensorRef | null {
  const fused = model.layers.filter(({ spec }) => kindOf(spec.kind).fusesActivation && activationCode(activationOf(spec)) !== 0);
  if (fused.length === 0) return null;
  return allocator.allocate('workspace', batchSize * Math.max(...fused.map(({ outputShape }) => sizeOf(outputShape))));
}
