import { kindOf } from '../../../model/spec';
import { dilatedSize } from '../../../model/window';
import { sizeOf, type Shape } from '../../../model/shape';
import { activationOf, type LayerReport, type ResolvedLayer } from '../../../model/resolve';
import type { LayerInspection } from '../../../train/wire/protocol';
import { isFilters } from '../../kit/picture/tile-layout';
import type { StackLayer } from '../../stores/model/model-store';
import type { InspectorTab } from '../../stores/inspector-store';

/**
 * The shape of the image that a dense layer reads as a vector, if there are only layers without
 * weights in between: its weights can then be shown as images.
 */
export const imageBefore = (reports: readonly LayerReport[], index: number): Shape | undefined =>
  imageBeforeLayer(
    reports.map(({ resolved }) => resolved),
    index,
  );

/** The same, if all layers are known. */
export function imageBeforeLayer(layers: readonly (ResolvedLayer | undefined)[], index: number): Shape | undefined {
  for (let i = index - 1; i >= 0; i--) {
    const layer = layers[i];
    if (!layer || layer.parameters > 0) return undefined;
    if (layer.inputShape.length === 3) return layer.inputShape;
  }
  return undefined;
}

/** The shape in which to show an input: a flattened image is shown as that image. */
export const shownShape = (input: Shape, image: Shape | undefined): Shape =>
  image && input.length === 1 && sizeOf(image) === input[0] ? image : input;

/**
 * The name of a layer's output. Softmax is part of the loss, so the last layer stores the scores
 * before it.
 */
export function outputName(layer: ResolvedLayer): string {
  return activationOf(layer.spec) === 'softmax' ? 'Logits (scores before softmax)' : 'Activations';
}

export const labelOf = ({ spec }: StackLayer) => kindOf(spec.kind).label;
export const familyOf = ({ spec }: StackLayer) => kindOf(spec.kind).family;

/** The names of the inspector's parts for a layer. Layers without weights have no part for them. */
export function tabNames({ spec, weights, outputShape }: ResolvedLayer): Partial<Record<InspectorTab, string>> {
  const filters = weights.some(({ shape }) => shape.length === 4);
  const image = outputShape.length === 3;
  const one = filters ? 'One filter' : image ? 'One channel' : 'One unit';
  const names =
    weights.length > 0 ? { weights: filters ? 'Filters' : spec.kind === 'dense' ? 'Weights' : 'Parameters' } : {};
  return { ...names, maps: image ? 'Feature maps' : 'Outputs', unit: one, kernels: 'Kernels' };
}

/**
 * The shape in which to show filters. Those of a depthwise convolution [kh, kw, in, multiplier] are
 * laid out like one channel and in x multiplier filters would be, since output channel c *
 * multiplier + m is filter m of channel c.
 */
export function filterShape({ spec, inputShape }: ResolvedLayer, shape: Shape): Shape {
  const reach = kindOf(spec.kind).reach(spec, inputShape);
  const own = isFilters(shape) && reach.over === 'window' && reach.channels === 'own';
  return own ? [shape[0], shape[1], 1, shape[2] * shape[3]] : shape;
}

/** Whether an answer matches the layer: the stack may have changed since the question was asked. */
export function fits(
  { inputShape, outputShape, weights }: ResolvedLayer,
  { input, output, weights: given }: LayerInspection,
): boolean {
  return (
    input.shape.join() === inputShape.join() &&
    output.shape.join() === outputShape.join() &&
    given.map(({ name, value }) => [name, ...value.shape]).join() ===
      weights.map(({ name, shape }) => [name, ...shape]).join()
  );
}

/**
 * The rectangle around the input cells that the window of one output place reads; null for a layer
 * without windows. With `own`, the window covers only the channel that belongs to the unit.
 */
export function inputWindow({ spec, inputShape }: ResolvedLayer, { y, x }: { y: number; x: number }) {
  const reach = kindOf(spec.kind).reach(spec, inputShape);
  if (reach.over !== 'window') return null;
  const [rows, columns] = dilatedSize(reach.size, reach.dilation);
  const top = y * reach.strides[0] - reach.padBefore[0];
  const left = x * reach.strides[1] - reach.padBefore[1];
  return {
    y: Math.max(top, 0),
    x: Math.max(left, 0),
    rows: rows + Math.min(top, 0),
    columns: columns + Math.min(left, 0),
    own: reach.channels === 'own',
  };
}
