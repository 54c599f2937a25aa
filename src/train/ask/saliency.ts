import { at } from '../../at';
import { slopesOf, type NetworkInput } from '../../model/input-scaling';
import { imageOf } from '../../model/shape';
import { logitsOf } from '../loop/tensors';
import type { Network } from '../../backend/engine';
import { argMax } from '../loop/evaluation';
import type { ChosenImage } from './inspection';
import type { Saliency } from '../wire/protocol';

/**
 * Shows which pixels matter. The value of a pixel is |dL/dX|, or the largest |dL/dX| if there are
 * several channels, after Simonyan, Vedaldi and Zisserman 2013, "Deep Inside Convolutional
 * Networks" (https://arxiv.org/abs/1312.6034). The paper takes the gradient of the class score;
 * this function takes the gradient of the cross-entropy L, which training uses. Layers behave as in
 * prediction, not as in training. X is the image in 0..1 that people see, so that the map does not
 * depend on the unit that the network counts in: dL/d(input) times d(input)/dX, see `InputScaling`.
 */
export async function saliencyOf(
  network: Network,
  input: NetworkInput,
  { image, label }: ChosenImage,
): Promise<Saliency> {
  const guessed = label < 0;
  const target = guessed ? argMax(logitsOf((await network.forward(image.data)).outputs)) : label;
  const { layers } = await network.backward(image.data, Uint8Array.of(target), false);
  const [height, width, channels] = imageOf(image.shape);
  const slopes = slopesOf(input);
  const gradient = at(layers, 0).input.data.map((slope, i) => slope * (slopes[i % channels] ?? NaN));
  const map = Float32Array.from({ length: height * width }, (_, pixel) =>
    largest(gradient, pixel * channels, channels),
  );
  return { map: { shape: [height, width], data: map }, target, guessed };
}

/** The largest |value| of the `count` values from `start` on; NaN if one of them is NaN. */
function largest(values: Float32Array, start: number, count: number): number {
  let most = 0;
  for (let i = start; i < start + count; i++) most = Math.max(most, Math.abs(values[i] ?? NaN));
  return most;
}
