import { at } from '../../at';
import { required } from '../../errors';
import type { WeightName } from '../shape';
import { asImage, windowCells, type WindowCell } from '../reach';
import type { ResolvedLayer } from '../resolve';
import { kindOf } from '../spec';

/** The tensors that a layer computed its output from, for one image, without the batch. */
export interface LayerTensors {
  /** [H, W, C] or [units] */
  input: Float32Array;
  /** Output of the layer that a skip connection comes from. */
  skip?: Float32Array;
  weights: Partial<Record<WeightName, Float32Array>>;
}

/**
 * One cell of a window: its value, which is 0 outside the image, and the weight that multiplies it.
 */
export interface Factor extends WindowCell {
  /** Place in the flat input. */
  index: number;
  value: number;
  weight: number;
}

/**
 * The cells of an output number's window in one channel of the input, row by row. Empty for layers
 * without windows.
 */
export function factorsOf(
  layer: ResolvedLayer,
  { input, weights }: LayerTensors,
  element: number,
  channel: number,
): Factor[] {
  const reach = kindOf(layer.spec.kind).reach(layer.spec, layer.inputShape);
  if (reach.over !== 'window') return [];
  const [, width, channels] = asImage(layer.inputShape);
  const { i, j, unit, units } = placeOf(layer, element);
  const own = reach.channels === 'own';
  return windowCells(reach, layer.inputShape, i, j).map((cell) => {
    const index = (cell.y * width + cell.x) * channels + channel;
    const tap = cell.ky * reach.size[1] + cell.kx;
    // The layout is [kh, kw, in, out], or [kh, kw, in, multiplier] for a depthwise convolution. The
    // last two axes of the depthwise layout together number the output channels.
    const weight =
      reach.combine === 'weights'
        ? at(required(weights.weight, 'weight'), own ? tap * units + unit : (tap * channels + channel) * units + unit)
        : 1;
    return { ...cell, index, value: cell.inside ? at(input, index) : 0, weight };
  });
}

/** Output position and channel of a place in the flat output. */
export function placeOf({ outputShape }: Pick<ResolvedLayer, 'outputShape'>, element: number) {
  const [, columns, units] = asImage(outputShape);
  const position = Math.floor(element / units);
  return { i: Math.floor(position / columns), j: position % columns, unit: element % units, units };
}

const isFirstNaN = (value: number, best: number) => Number.isNaN(value) && !Number.isNaN(best);

/**
 * The factor that a max-pooling takes: the largest, and of equal ones the first in reading order.
 * The first NaN wins over all numbers.
 */
export function winnerOf(factors: readonly Factor[]): Factor | undefined {
  let best: Factor | undefined;
  for (const factor of factors) {
    if (factor.inside && (!best || factor.value > best.value || isFirstNaN(factor.value, best.value))) best = factor;
  }
  return best;
}

/**
 * The cell that a max-pooling takes from each window; null for other layers.
 * @returns places in the flat input, one for each number of the output
 */
export function winnersOf({ spec, inputShape, outputShape }: ResolvedLayer, input: Float32Array): Int32Array | null {
  const reach = kindOf(spec.kind).reach(spec, inputShape);
  if (reach.over !== 'window' || reach.combine !== 'max') return null;
  const [, width, channels] = asImage(inputShape);
  const [rows, columns] = asImage(outputShape);
  const winners = new Int32Array(rows * columns * channels).fill(-1);
  for (let position = 0; position < rows * columns; position++) {
    for (const { y, x, inside } of windowCells(reach, inputShape, Math.floor(position / columns), position % columns)) {
      if (!inside) continue;
      for (let c = 0; c < channels; c++) {
        const [place, cell] = [position * channels + c, (y * width + x) * channels + c];
        const value = at(input, cell);
        const best = input[at(winners, place)];
        if (best === undefined || value > best || isFirstNaN(value, best)) winners[place] = cell;
      }
    }
  }
  return winners;
}
