import { at } from '../../at';
import { channelsOf, logitsOf, tensorOf } from '../loop/tensors';
import { PlaygroundError } from '../../errors';
import type { Tensor, Weights } from '../../model/initialize';
import { scalePixels } from '../../model/input-scaling';
import { isTrainable } from '../../model/layer-kind';
import type { ResolvedLayer, ResolvedModel } from '../../model/resolve';
import type { ImagePass, Network } from '../../backend/engine';
import { softmaxRows } from '../loop/evaluation';
import { histogramOf } from '../loop/diagnostics/histogram';
import { misfit, type LoadedData } from '../session/loaded-data';
import { countImages, imagesAt } from '../loop/pixels';
import type { ImageChoice, LayerInspection, LayerThumbnail, LayerThumbnails } from '../wire/protocol';

/** Channels per layer in the network view. */
const THUMBNAIL_CHANNELS = 8;
/** Cells of a vector in the network view. */
const THUMBNAIL_CELLS = 256;

export interface ChosenImage {
  /** [H, W, C] in 0..1 */
  image: Tensor;
  /** -1 if unknown */
  label: number;
}

/**
 * Looks up the pixels and the label of the chosen image.
 * @throws PlaygroundError if there is no such row, the pixels do not fit the network, or the label
 * is no class.
 */
export function resolveImage(choice: ImageChoice, model: ResolvedModel, data: LoadedData | null): ChosenImage {
  const shape = [...model.spec.input];
  if ('pixels' in choice) {
    const { pixels, label = -1 } = choice;
    if (countImages(pixels, model) !== 1)
      throw new PlaygroundError('give the pixels of one image only.', { where: { field: 'pixels' } });
    if (!Number.isInteger(label) || label < -1 || label >= model.classes) {
      throw new PlaygroundError(`label ${label} is not among the ${model.classes} classes.`, {
        where: { field: 'label' },
      });
    }
    return { image: { shape, data: pixels }, label };
  }
  if (!data) throw new PlaygroundError('there are no images yet.', { remedy: 'Wait until the data set is loaded.' });
  const problem = misfit(model, data.dataset);
  if (problem) throw problem;
  const position = data.position(choice.split, choice.row);
  const { images, labels } = imagesAt(data.dataset, data.setOf(choice.split), Uint32Array.of(position));
  return { image: { shape, data: images }, label: at(labels, 0) };
}

/** Place of a layer in the network. @throws PlaygroundError if there is no such layer. */
export function requireLayer(model: ResolvedModel, id: string): number {
  const index = model.layers.findIndex((layer) => layer.id === id);
  if (index < 0) throw new PlaygroundError('the network has no such layer.', { where: { layer: id } });
  return index;
}

/**
 * Collects everything that the inspector shows of one layer, without changing the weights.
 * @param trained whether the network has computed a step and therefore has gradients to show
 * @throws PlaygroundError if there is no such layer.
 */
export async function inspectLayer(
  network: Network,
  model: ResolvedModel,
  id: string,
  { image, label }: ChosenImage,
  trained: boolean,
): Promise<LayerInspection> {
  const index = requireLayer(model, id);
  const layer = at(model.layers, index);
  const [pass, gradients] = await Promise.all([
    network.lookAt(image.data, label < 0 ? null : label),
    trained ? network.getGradients() : null,
  ]);
  const seen: Tensor = { shape: image.shape, data: scalePixels(model.spec, image.data) };
  const outputOf = (l: number) => withoutBatch(at(pass.outputs, l));
  const output = outputOf(index);
  const own = pass.layers?.[index];
  return {
    layer: id,
    image,
    label,
    weights: inspectWeights(layer, pass.weights, gradients),
    input: index === 0 ? seen : outputOf(index - 1),
    inputGradient: own && withoutBatch(own.input),
    skip: layer.skipFrom === undefined ? undefined : outputOf(layer.skipFrom),
    output,
    outputGradient: own && withoutBatch(own.output),
    outputHistogram: histogramOf(output.data),
    imageGradient: pass.layers ? withoutBatch(at(pass.layers, 0).input) : undefined,
    ranges: rangesOf(seen, pass, model, gradients),
  };
}

function inspectWeights(layer: ResolvedLayer, weights: Weights, gradients: Weights | null): LayerInspection['weights'] {
  return layer.weights.map(({ name }) => {
    const value = tensorOf(weights[layer.id], name);
    const gradient = gradients?.[layer.id]?.[name];
    const gradientHistogram = gradient && histogramOf(gradient.data);
    return { name, value, gradient, histogram: histogramOf(value.data), gradientHistogram };
  });
}

/** @param seen the image as the network sees it */
function rangesOf(
  seen: Tensor,
  pass: ImagePass,
  model: ResolvedModel,
  gradients: Weights | null,
): LayerInspection['ranges'] {
  // Running averages are left out: a variance of 1000 would make all filters pale.
  const trained = model.layers.flatMap(({ id, weights }) =>
    weights.filter(isTrainable).map(({ name }) => ({ id, name })),
  );
  return {
    weights: largest(trained.map(({ id, name }) => tensorOf(pass.weights[id], name))),
    weightGradients: largest(trained.map(({ id, name }) => gradients?.[id]?.[name])),
    outputs: largest([seen, ...pass.outputs]),
    outputGradients: largest((pass.layers ?? []).flatMap(({ input, output }) => [input, output])),
  };
}

/** Largest finite absolute value, 0 where there is none. */
function largest(tensors: readonly (Tensor | undefined)[]): number {
  let max = 0;
  for (const tensor of tensors) {
    for (const value of tensor?.data ?? []) {
      const size = Math.abs(value);
      if (size > max && size < Infinity) max = size;
    }
  }
  return max;
}

/** A few channels of every layer's output for one image, and what the network makes of it. */
export async function drawThumbnails(
  network: Network,
  model: ResolvedModel,
  { image, label }: ChosenImage,
): Promise<LayerThumbnails> {
  const { outputs } = await network.forward(image.data);
  const layers = model.layers.map(({ id }, i) => ({ layer: id, ...thumbnail(withoutBatch(at(outputs, i))) }));
  return { layers, image, label, probabilities: softmaxRows(logitsOf(outputs), model.classes) };
}

function thumbnail({ shape, data }: Tensor): Omit<LayerThumbnail, 'layer'> {
  if (shape.length === 1) return strip(data);
  const channels = channelsOf(shape);
  const kept = Math.min(channels, THUMBNAIL_CHANNELS);
  if (kept === channels) return { output: { shape, data }, unitsPerCell: 1 };
  const pixels = data.length / channels;
  const result = new Float32Array(pixels * kept);
  for (let p = 0; p < pixels; p++) result.set(data.subarray(p * channels, p * channels + kept), p * kept);
  return { output: { shape: [...shape.slice(0, -1), kept], data: result }, unitsPerCell: 1 };
}

/**
 * A vector as at most {@link THUMBNAIL_CELLS} cells. The first units of a long one would say little: in
 * a flattened image they are its first rows.
 */
function strip(data: Float32Array): Omit<LayerThumbnail, 'layer'> {
  const unitsPerCell = Math.ceil(data.length / THUMBNAIL_CELLS);
  const cells = Math.ceil(data.length / unitsPerCell);
  const strongest = Float32Array.from({ length: cells }, (_, cell) =>
    furthestFromZero(data.subarray(cell * unitsPerCell, (cell + 1) * unitsPerCell)),
  );
  return { output: { shape: [cells], data: strongest }, unitsPerCell };
}

/** A NaN counts as the furthest, so that it is seen. */
function furthestFromZero(values: Float32Array): number {
  let found = 0;
  for (const value of values) {
    if (Number.isNaN(value)) return value;
    if (Math.abs(value) > Math.abs(found)) found = value;
  }
  return found;
}

const withoutBatch = ({ shape, data }: Tensor): Tensor => ({ shape: shape.slice(1), data });
