import { activationCode, needsPreactivation } from '../model/activations';
import { activationForward, activationGradient } from './kernels/activation';
import type { Dispatch, LayerSite, TensorRef } from './kernels/launch';
import { sizeOf, type WeightName } from '../model/shape';
import { activationOf, type ResolvedLayer, type ResolvedModel } from '../model/resolve';
import { kindOf } from '../model/spec';
import { addTo, sumOf } from './kernels/sum';
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
  /**
   * ||dL/dy|| is that of the next layer; `dy` may then hold the gradient before the layer's
   * activation.
   */
  normOfNext: boolean;
  /**
   * Partial sums of each weight gradient, [splits, ...shape]; the shapes are those of the parameter
   * layout.
   */
  partials: { name: WeightName; tensor: TensorRef; splits: number }[];
  forward: Dispatch[];
  backward: Dispatch[];
}

/**
 * Plans every layer from the input on. A view shares the memory of its input, forward and backward.
 */
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
  const inputGradient =
    backward && options.inputGradient ? allocator.allocate('activationGradients', input.length) : null;
  const sources = new Set(model.layers.map(({ skipFrom }) => skipFrom));
  /** Whether layer l only moves the gradients that it passes back to the layer before. */
  const routes = (l: number) => {
    const spec = model.layers[l]?.spec;
    return spec !== undefined && !sources.has(l - 1) && kindOf(spec.kind).routesGradient?.(spec) === true;
  };
  // Whoever asks for the gradients of outputs wants them as they are, not already taken through the
  // activation.
  const takesOver = (l: number) => options.depth === 'train' && l > 0 && routes(l) && canTakeOver(model.layers[l - 1]);
  const plans: LayerPlan[] = [];
  model.layers.forEach((layer, l) => {
    const previous = plans.at(-1);
    const x = previous?.y ?? input;
    const skip = layer.skipFrom === undefined ? null : plans[layer.skipFrom].y;
    // Where a skip connection branches off, the gradient of each branch has a place of its own
    // until they are added up.
    const branches = backward && sources.has(l - 1);
    const dx = branches
      ? allocator.allocate('activationGradients', previous!.dy.length)
      : previous
        ? previous.dy
        : inputGradient;
    const length = options.batchSize * sizeOf(layer.outputShape);
    const kind = kindOf(layer.spec.kind);
    const isView = kind.isView?.(layer.spec, options.training) ?? false;
    const y = isView ? x : allocator.allocate('activations', length);
    // Behind a leading view there may be no gradient to share: the layer itself then needs a place
    // for dL/dy all the same.
    const shared = (isView || kind.passesGradient) && dx;
    const dy = shared ? dx : backward ? allocator.allocate('activationGradients', length) : nowhere;
    const wanted = backward && needsInputGradient(plans, dx) ? dx : null;
    const place = {
      index: l,
      normOfNext: routes(l + 1),
      inputActivation: takesOver(l) ? activationCode(activationOf(model.layers[l - 1].spec)) : 0,
      scratch: takesOver(l + 1) ? null : scratch,
    };
    plans.push(planLayer(layer, { x, skip, y, dx: wanted, dy, ...place }, parameters, allocator, options));
  });
  if (backward) addUpBranches(model, plans, options);
  return plans;
}

/** Only layers behind a trainable one, or a wanted input gradient, have a use for dL/dx. */
function needsInputGradient(before: LayerPlan[], dx: TensorRef | null): boolean {
  return dx !== null && (before.length === 0 || before.some((plan) => plan.partials.length > 0 || plan.dx !== null));
}

/** dL/dy of a layer with several readers is the sum of what each passes back. */
function addUpBranches(model: ResolvedModel, plans: LayerPlan[], { tuning }: PlanOptions): void {
  plans.forEach(({ id, dy, backward }, source) => {
    const skips = plans.filter((_, l) => model.layers[l].skipFrom === source);
    const direct = plans[source + 1]?.dx;
    if (skips.length === 0 || !direct) return;
    const [first, ...more] = skips;
    const label = `${id} sum of branches`;
    backward.unshift(
      sumOf(label, direct, first.dy, dy, tuning),
      ...more.map((skip) => addTo(label, dy, skip.dy, tuning)),
    );
  });
}

/** Whether the layer behind can take the gradient through this one's activation. */
function canTakeOver(layer: ResolvedLayer): boolean {
  return fusesActivation(layer) && !needsPreactivation(activationOf(layer.spec));
}

interface Place {
  /** From 0. */
  index: number;
  x: TensorRef;
  skip: TensorRef | null;
  y: TensorRef;
  dx: TensorRef | null;
  dy: TensorRef;
  normOfNext: boolean;
  inputActivation: number;
  /** For dL/dz; null where the layer behind writes that into dy. */
  scratch: TensorRef | null;
}

function planLayer(
  layer: ResolvedLayer,
  place: Place,
  parameters: ParameterLayout,
  allocator: Allocator,
  options: PlanOptions,
): LayerPlan {
  const { index, x, skip, y, dx, dy, normOfNext, inputActivation, scratch } = place;
  const { tuning } = options;
  const kind = kindOf(layer.spec.kind);
  const activation = activationOf(layer.spec);
  const fused = fusesActivation(layer);
  // An activation whose derivative needs what was before it runs as a kernel of its own.
  const z = fused && needsPreactivation(activation) ? allocator.allocate('activations', y.length) : y;
  const dz = fused && scratch ? { ...scratch, length: dy.length } : dy;
  const partials: LayerPlan['partials'] = [];
  const site: LayerSite = {
    id: layer.id,
    index,
    batch: options.batchSize,
    input: layer.inputShape,
    output: layer.outputShape,
    training: options.training,
    tuning,
    x,
    skip,
    y: z,
    activation: fused && z === y ? activationCode(activation) : 0,
    dx,
    inputActivation,
    dy,
    dz,
    weight: (name) => parameterRef(parameters, layer.id, name),
    batchValue: (name) => (options.depth === 'forward' ? null : parameterRef(parameters, layer.id, name, 'gradients')),
    partials(name, splits) {
      const spec = layer.weights.find((weight) => weight.name === name);
      if (!spec) return allocator.allocate('partials', 1);
      const tensor = allocator.allocate('partials', splits * sizeOf(spec.shape));
      partials.push({ name, tensor, splits });
      return tensor;
    },
    workspace: workspaces(allocator),
  };
  const isView = kind.isView?.(layer.spec, options.training);
  const forward = isView ? [] : kind.forward(layer.spec, site);
  if (z !== y) forward.push(activationForward(layer.id, activation, z, y, tuning));
  const through = fused && dz !== dy ? [activationGradient(layer.id, activation, { from: z, dy, dz }, tuning)] : [];
  const backward = options.depth === 'forward' || isView ? [] : [...through, ...kind.backward(layer.spec, site)];
  return { id: layer.id, x, y, dx, dy, normOfNext, partials, forward, backward };
}

function workspaces(allocator: Allocator): LayerSite['workspace'] {
  const known = new Map<string, TensorRef>();
  return (name, length) => {
    const kept = known.get(name) ?? allocator.allocate('workspace', length);
    known.set(name, kept);
    return kept;
  };
}

function fusesActivation({ spec }: ResolvedLayer): boolean {
  return kindOf(spec.kind).fusesActivation === true && activationCode(activationOf(spec)) !== 0;
}

/**
 * One stretch of memory for dL/dz, used by each layer in turn: it lives only until the layer's own
 * kernels have run.
 */
function gradientScratch(model: ResolvedModel, allocator: Allocator, { batchSize }: PlanOptions): TensorRef | null {
  const fused = model.layers.filter(fusesActivation);
  if (fused.length === 0) return null;
  return allocator.allocate('workspace', batchSize * Math.max(...fused.map(({ outputShape }) => sizeOf(outputShape))));
}
