import { at } from '../../at';
import { required } from '../../errors';
import { asImage, ownChannel, windowCells, type WindowReach } from '../reach';
import type { ResolvedLayer } from '../resolve';
import { sizeOf, type Shape } from '../shape';
import { kindOf } from '../spec';

/**
 * Which pixels of the network's input one number of a layer's output depends on. This follows the
 * windows of the layers from the output back to the input (Araujo, Norris & Sim 2019, "Computing
 * Receptive Fields of Convolutional Neural Networks",
 * https://distill.pub/2019/computing-receptive-fields). For a layer with a skip connection, it
 * takes the union of both paths. The result is exact, because each number is followed by itself:
 * the holes of dilated windows are left out, and the field ends at the edge of the image.
 * @param layers all layers of the network, or those up to `index`
 * @param index the layer
 * @param element place in its flat output, [H, W, C] or [units], without batch
 * @returns [H, W] of the network's input: 1 where a pixel, in any channel, can change the number
 */
export function receptiveField(layers: readonly ResolvedLayer[], index: number, element: number): Uint8Array {
  const seen = new Uint8Array(sizeOf(at(layers, index).outputShape));
  seen[element] = 1;
  // For each layer, the numbers of its output that matter; -1 is the input of the network.
  const wanted = new Map<number, Uint8Array>([[index, seen]]);
  const add = (l: number, mask: Uint8Array) => wanted.set(l, unite(wanted.get(l), mask));
  for (let l = index; l >= 0; l--) {
    const mask = wanted.get(l);
    if (!mask) continue;
    const layer = at(layers, l);
    add(l - 1, inputOf(layer, mask));
    if (layer.skipFrom !== undefined) add(layer.skipFrom, mask);
  }
  return pixelsOf(required(wanted.get(-1), 'mask of the input'), at(layers, 0).inputShape);
}

function unite(a: Uint8Array | undefined, b: Uint8Array): Uint8Array {
  return a ? a.map((seen, i) => seen | at(b, i)) : b;
}

/** The numbers of a layer's input on which the output numbers in `mask` depend. */
function inputOf({ spec, inputShape, outputShape }: ResolvedLayer, mask: Uint8Array): Uint8Array {
  const reach = kindOf(spec.kind).reach(spec, inputShape);
  switch (reach.over) {
    case 'everything':
      return new Uint8Array(sizeOf(inputShape)).fill(1);
    case 'element':
      return mask.slice();
    case 'window':
      return reach.channels === 'all'
        ? allChannels(reach, inputShape, outputShape, mask)
        : ownChannels(reach, inputShape, outputShape, mask);
    default:
      return reach satisfies never;
  }
}

function allChannels(reach: WindowReach, input: Shape, output: Shape, mask: Uint8Array): Uint8Array {
  const [, width, channels] = asImage(input);
  const [, columns] = asImage(output);
  const result = new Uint8Array(sizeOf(input));
  pixelsOf(mask, output).forEach((seen, position) => {
    if (!seen) return;
    for (const { y, x, inside } of windowCells(reach, input, Math.floor(position / columns), position % columns)) {
      if (inside) result.fill(1, (y * width + x) * channels, (y * width + x + 1) * channels);
    }
  });
  return result;
}

function ownChannels(reach: WindowReach, input: Shape, output: Shape, mask: Uint8Array): Uint8Array {
  const [, width, channels] = asImage(input);
  const [, columns, outputs] = asImage(output);
  const result = new Uint8Array(sizeOf(input));
  pixelsOf(mask, output).forEach((seen, position) => {
    if (!seen) return;
    const cells = windowCells(reach, input, Math.floor(position / columns), position % columns).filter(
      ({ inside }) => inside,
    );
    for (let c = 0; c < outputs; c++) {
      if (!mask[position * outputs + c]) continue;
      for (const { y, x } of cells) result[(y * width + x) * channels + ownChannel(c, channels, outputs)] = 1;
    }
  });
  return result;
}

/** [H, W, C] to [H, W]: whether any channel is in the mask. */
function pixelsOf(mask: Uint8Array, shape: Shape): Uint8Array {
  const channels = asImage(shape)[2];
  return Uint8Array.from({ length: mask.length / channels }, (_, pixel) =>
    mask.subarray(pixel * channels, (pixel + 1) * channels).includes(1) ? 1 : 0,
  );
}

/** The smallest rectangle around the ones of an [H, W] mask; null if the mask has none. */
export function boundsOf(
  mask: Uint8Array,
  width: number,
): { top: number; left: number; height: number; width: number } | null {
  let [top, left, bottom, right] = [Infinity, Infinity, -1, -1];
  mask.forEach((seen, pixel) => {
    if (!seen) return;
    const [y, x] = [Math.floor(pixel / width), pixel % width];
    [top, left, bottom, right] = [Math.min(top, y), Math.min(left, x), Math.max(bottom, y), Math.max(right, x)];
  });
  return bottom < 0 ? null : { top, left, height: bottom - top + 1, width: right - left + 1 };
}
