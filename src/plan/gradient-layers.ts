import { at } from '../at';
import { activationCode, needsPreactivation } from '../model/activations';
import { activationOf, type ResolvedLayer, type ResolvedModel } from '../model/resolve';
import { sizeOf } from '../model/shape';
import { kindOf } from '../model/spec';
import type { Dispatch, TensorRef } from './dispatch';
import { kernelsOf } from './kernels';
import { activationGradient } from './kernels/activation';
import type { BackwardSite } from './kernels/layer-kernels';
import { addTo, sumOf } from './kernels/sum';
import { fusesActivation, planForwardLayer, type LayersContext, type PlannedForward } from './layers';
import type { GradientLayer, WeightPartials } from './plan-types';

/** Which gradients are wanted. */
interface Wanted {
  /** dL/d(input of the network), which training does not need. */
  input: boolean;
  /**
   * The unchanged dL/d(output) of every layer. Code that shows this gradient needs the value before
   * it is taken back through the layer's activation.
   */
  outputs: boolean;
}

/**
 * Plans outputs and gradients of every layer, from the input on. A view shares the memory of its
 * input, forward and backward.
 */
export function planGradientLayers(context: LayersContext, wanted: Wanted): GradientLayer[] {
  const { model, allocator, batchSize } = context;
  const scratch = gradientScratch(context);
  const inputGradient = wanted.input ? allocator.allocate('activationGradients', context.input.length) : null;
  const routes = routing(model);
  const takesOver = (l: number) => !wanted.outputs && l > 0 && routes(l) && canTakeOver(at(model.layers, l - 1));
  const plans: GradientLayer[] = [];
  model.layers.forEach((layer, l) => {
    const forward = planForwardLayer(context, layer, plans, true);
    const previous = plans.at(-1);
    const dx = previous ? gradientPlace(context, previous, l) : inputGradient;
    // A view at the start of the network may have no gradient to share. The layer then still needs
    // its own place for dL/dy.
    const shared = forward.isView || kindOf(layer.spec.kind).passesGradient ? dx : null;
    const dy = shared ?? allocator.allocate('activationGradients', batchSize * sizeOf(layer.outputShape));
    const place = {
      dx: needsInputGradient(plans) ? dx : null,
      dy,
      inputActivation: takesOver(l) ? activationCode(activationOf(at(model.layers, l - 1).spec)) : 0,
      scratch: takesOver(l + 1) ? null : scratch,
    };
    plans.push({ ...planBackwardLayer(context, layer, forward, place), normOfNext: routes(l + 1) });
  });
  addUpBranches(context, plans);
  return plans;
}

/** Tells whether a layer only moves the gradients that it passes back to the layer before. */
function routing({ layers }: ResolvedModel): (l: number) => boolean {
  const sources = skipSources(layers);
  return (l) => {
    const spec = layers.at(l)?.spec;
    return spec !== undefined && !sources.has(l - 1) && kindOf(spec.kind).routesGradient?.(spec) === true;
  };
}

const skipSources = (layers: readonly ResolvedLayer[]) => new Set(layers.map(({ skipFrom }) => skipFrom));

/**
 * The place where layer l writes dL/dx: dL/dy of the layer before. If a skip connection branches
 * off there, the gradient of each branch has its own place until the branches are added up.
 */
function gradientPlace({ model, allocator }: LayersContext, previous: GradientLayer, l: number): TensorRef {
  if (!skipSources(model.layers).has(l - 1)) return previous.dy;
  return allocator.allocate('activationGradients', previous.dy.length);
}

/** A layer needs dL/dx only after a trainable layer, or if the input gradient is wanted. */
function needsInputGradient(before: readonly GradientLayer[]): boolean {
  return before.length === 0 || before.some((plan) => plan.partials.length > 0 || plan.dx !== null);
}

/** Whether the next layer can take the gradient back through the activation of this layer. */
function canTakeOver(layer: ResolvedLayer): boolean {
  return fusesActivation(layer) && !needsPreactivation(activationOf(layer.spec));
}

interface BackwardPlace {
  dx: TensorRef | null;
  dy: TensorRef;
  inputActivation: number;
  /** Memory for dL/dz; null if the next layer writes dL/dz into dy. */
  scratch: TensorRef | null;
}

function planBackwardLayer(
  { allocator, tuning }: LayersContext,
  layer: ResolvedLayer,
  { plan, site, isView }: PlannedForward,
  { dx, dy, inputActivation, scratch }: BackwardPlace,
): Omit<GradientLayer, 'normOfNext'> {
  const dz = fusesActivation(layer) && scratch ? { ...scratch, length: dy.length } : dy;
  const partials: WeightPartials[] = [];
  const backward: Dispatch[] = [];
  if (!isView) {
    const place: BackwardSite['partials'] = (name, splits) => {
      const spec = layer.weights.find((weight) => weight.name === name);
      if (!spec) return allocator.allocate('partials', 1);
      const tensor = allocator.allocate('partials', splits * sizeOf(spec.shape));
      partials.push({ name, tensor, splits });
      return tensor;
    };
    const from = { from: site.y, dy, dz };
    if (dz !== dy) backward.push(activationGradient(layer.id, activationOf(layer.spec), from, tuning));
    const { kind } = layer.spec;
    backward.push(...kernelsOf(kind).backward(layer.spec, { ...site, dx, inputActivation, dy, dz, partials: place }));
  }
  return { ...plan, dx, dy, partials, backward };
}

/** dL/dy of a layer with several readers is the sum of the gradients that they pass back. */
function addUpBranches({ model, tuning }: LayersContext, plans: readonly GradientLayer[]): void {
  plans.forEach(({ id, dy, backward }, source) => {
    const [first, ...more] = plans.filter((_, l) => model.layers[l]?.skipFrom === source);
    const direct = plans.at(source + 1)?.dx;
    if (!first || !direct) return;
    const label = `${id} sum of branches`;
    backward.unshift(
      sumOf(label, direct, first.dy, dy, tuning),
      ...more.map((skip) => addTo(label, dy, skip.dy, tuning)),
    );
  });
}

/**
 * One stretch of memory for dL/dz, which each layer uses in turn, because a layer needs dL/dz only
 * until its own kernels have run.
 */
function gradientScratch({ model, allocator, batchSize }: LayersContext): TensorRef | null {
  const fused = model.layers.filter(fusesActivation);
  if (fused.length === 0) return null;
  return allocator.allocate('workspace', batchSize * Math.max(...fused.map(({ outputShape }) => sizeOf(outputShape))));
}
