import { PlaygroundError } from '../errors';
import type { Tensor } from '../model/initialize';
import type { ResolvedModel } from '../model/resolve';
import type { Network } from '../runtime/engine';
import { softmaxRows } from './evaluation';
import { histogramOf } from './histogram';
import { misfit, type LoadedData } from './loaded-data';
import { countImages, imagesAt } from './pixels';
import type { ImageChoice, LayerInspection, LayerThumbnails } from './protocol';

/** Channels per layer in the network view. */
const THUMBNAIL_CHANNELS = 8;
/** Units of a vector in the network view. */
const THUMBNAIL_UNITS = 256;

export interface ChosenImage {
  /** [H, W, C] in 0..1 */
  image: Tensor;
  /** -1 if unknown */
  label: number;
}

/**
 * The pixels and label of the image chosen.
 * @throws PlaygroundError if there is no such row, the pixels do not fit the network, or the label is no class.
 */
export function resolveImage(choice: ImageChoice, model: ResolvedModel, data: LoadedData | null): ChosenImage {
  const shape = [...model.spec.input];
  if ('pixels' in choice) {
    const { pixels, label = -1 } = choice;
    if (countImages(pixels, model) !== 1) throw new PlaygroundError('give the pixels of one image only.', { where: { field: 'pixels' } });
    if (!Number.isInteger(label) || label < -1 || label >= model.classes) {
      throw new PlaygroundError(`label ${label} is not among the ${model.classes} classes.`, { where: { field: 'label' } });
    }
    return { image: { shape, data: pixels }, label };
  }
  if (!data) throw new PlaygroundError('there are no images yet.', { remedy: 'Wait until the data set is loaded.' });
  const problem = misfit(model, data.dataset);
  if (problem) throw problem;
  const position = data.position(choice.split, choice.row);
  const { images, labels } = imagesAt(data.dataset, data.setOf(choice.split), Uint32Array.of(position));
  return { image: { shape, data: images }, label: labels[0] };
}

/**
 * Everything the inspector shows of one layer. Weights stay as they are.
 * @param trained whether a step was done, so that there are gradients to show
 * @throws PlaygroundError if there is no such layer.
 */
export async function inspectLayer(
  network: Network,
  model: ResolvedModel,
  id: string,
  chosen: ChosenImage,
  trained: boolean,
): Promise<LayerInspection> {
  const index = model.layers.findIndex((layer) => layer.id === id);
  if (index < 0) throw new PlaygroundError('the network has no such layer.', { where: { layer: id } });
  const { image, label } = chosen;
  const backward = label < 0 ? null : await network.backward(image.data, Uint8Array.of(label), false);
  const { outputs } = backward ?? (await network.forward(image.data));
  const output = withoutBatch(outputs[index]);
  const outputGradient = backward ? withoutBatch(backward.layers[index].output) : undefined;
  const weights = await inspectWeights(network, model.layers[index], trained);
  return { layer: id, image, label, weights, output, outputGradient, outputHistogram: histogramOf(output.data) };
}

async function inspectWeights(
  network: Network,
  layer: ResolvedModel['layers'][number],
  trained: boolean,
): Promise<LayerInspection['weights']> {
  if (layer.weights.length === 0) return [];
  const [weights, gradients] = await Promise.all([network.getWeights(), trained ? network.getGradients() : null]);
  return layer.weights.map(({ name }) => {
    const value = weights[layer.id][name]!;
    const gradient = gradients?.[layer.id]?.[name];
    const gradientHistogram = gradient && histogramOf(gradient.data);
    return { name, value, gradient, histogram: histogramOf(value.data), gradientHistogram };
  });
}

/** A few channels of every layer's output for one image, and what the network makes of it. */
export async function drawThumbnails(network: Network, model: ResolvedModel, { image, label }: ChosenImage): Promise<LayerThumbnails> {
  const { outputs } = await network.forward(image.data);
  const layers = model.layers.map(({ id }, i) => ({ layer: id, output: thumbnail(withoutBatch(outputs[i])) }));
  return { layers, image, label, probabilities: softmaxRows(outputs.at(-1)!.data, model.classes) };
}

function thumbnail({ shape, data }: Tensor): Tensor {
  const channels = shape.at(-1)!;
  const kept = Math.min(channels, shape.length === 3 ? THUMBNAIL_CHANNELS : THUMBNAIL_UNITS);
  if (kept === channels) return { shape, data };
  const pixels = data.length / channels;
  const result = new Float32Array(pixels * kept);
  for (let p = 0; p < pixels; p++) result.set(data.subarray(p * channels, p * channels + kept), p * kept);
  return { shape: [...shape.slice(0, -1), kept], data: result };
}

const withoutBatch = ({ shape, data }: Tensor): Tensor => ({ shape: shape.slice(1), data });
