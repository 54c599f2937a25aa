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
  /** dL/d(input of the network); training does without it. */
  input: boolean;
  /**
   * dL/d(output) of every layer as it is: whoever looks at it does not want it already taken through
   * the layer's activation.
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
  const takesOver = (l: number) => !wanted.outputs && l > 0 && routes(l) && canTakeOver(model.layers[l - 1]);
  const plans: GradientLayer[] = [];
  model.layers.forEach((layer, l) => {
    const forward = planForwardLayer(context, layer, plans, true);
    const previous = plans.at(-1);
    const dx = previous ? gradientPlace(context, previous, l) : inputGradient;
    // Behind a leading view there may be no gradient to share: the layer itself then needs a place
    // for dL/dy all the same.
    const shared = forward.isView || kindOf(layer.spec.kind).passesGradient ? dx : null;
    const dy = shared ?? allocator.allocate('activationGradients', batchSize * sizeOf(layer.outputShape));
    const place = {
      dx: needsInputGradient(plans) ? dx : null,
      dy,
      inputActivation: takesOver(l) ? activationCode(activationOf(model.layers[l - 1].spec)) : 0,
      scratch: takesOver(l + 1) ? null : scratch,
    };
    plans.push({ ...planBackwardLayer(context, layer, forward, place), normOfNext: routes(l + 1) });
  });
  addUpBranches(context, plans);
  return plans;
}

/** Says of a layer whether it only moves the gradients that it passes back to the layer before. */
function routing({ layers }: ResolvedModel): (l: number) => boolean {
  const sources = skipSources(layers);
  return (l) => {
    const spec = layers.at(l)?.spec;
    return spec !== undefined && !sources.has(l - 1) && kindOf(spec.kind).routesGradient?.(spec) === true;
  };
}

const skipSources = (layers: readonly ResolvedLayer[]) => new Set(layers.map(({ skipFrom }) => skipFrom));

/**
 * Where layer l writes dL/dx: into dL/dy of the layer before. Where a skip connection branches off
 * there, the gradient of each branch has a place of its own until they are added up.
 */
function gradientPlace({ model, allocator }: LayersContext, previous: GradientLayer, l: number): TensorRef {
  if (!skipSources(model.layers).has(l - 1)) return previous.dy;
  return allocator.allocate('activationGradients', previous.dy.length);
}

/** Only layers behind a trainable one, or a wanted input gradient, have a use for dL/dx. */
function needsInputGradient(before: readonly GradientLayer[]): boolean {
  return before.length === 0 || before.some((plan) => plan.partials.length > 0 || plan.dx !== null);
}

/** Whether the layer behind can take the gradient through this one's activation. */
function canTakeOver(layer: ResolvedLayer): boolean {
  return fusesActivation(layer) && !needsPreactivation(activationOf(layer.spec));
}

interface BackwardPlace {
  dx: TensorRef | null;
  dy: TensorRef;
  inputActivation: number;
  /** For dL/dz; null where the layer behind writes that into dy. */
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

/** dL/dy of a layer with several readers is the sum of what each passes back. */
function addUpBranches({ model, tuning }: LayersContext, plans: readonly GradientLayer[]): void {
  plans.forEach(({ id, dy, backward }, source) => {
    const [first, ...more] = plans.filter((_, l) => model.layers[l].skipFrom === source);
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
 * One stretch of memory for dL/dz, used by each layer in turn: it lives only until the layer's own
 * kernels have run.
 */
function gradientScratch({ model, allocator, batchSize }: LayersContext): TensorRef | null {
  const fused = model.layers.filter(fusesActivation);
  if (fused.length === 0) return null;
  return allocator.allocate('workspace', batchSize * Math.max(...fused.map(({ outputShape }) => sizeOf(outputShape))));
}
