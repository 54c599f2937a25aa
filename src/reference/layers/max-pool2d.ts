import type { LayerSpec } from '../../model/layers';
import { channelsOf, sizeOf } from '../../model/shape';
import { INTEGER, type ForwardPass, type LayerMath } from '../layer-math';
import type { Numbers } from '../numbers';
import type { Scratch } from '../scratch';
import { slidingWindow, type Window } from '../window';

type Spec = Extract<LayerSpec, { kind: 'maxPool2d' }>;

/**
 * y[b, i, j, c] = max of x over the window, as Keras `MaxPooling2D`. Cells outside the image never
 * win. The gradient goes to the first maximum of a window in reading order, as in TensorFlow; where
 * windows overlap it adds up. The first NaN wins every window that contains one, so it is not lost.
 */
export const maxPool2d: LayerMath<Spec> = {
  forward(pass) {
    const { input, output } = pass;
    forEachWindow(pass, (at, winners, channels) => {
      for (let c = 0; c < channels; c++) output[at + c] = input[winners[c] ?? -1] ?? NaN;
    });
  },

  backward(pass) {
    const { batch, inputShape, inputGradient, outputGradient } = pass;
    if (!inputGradient) return;
    inputGradient.fill(0, 0, batch * sizeOf(inputShape));
    forEachWindow(pass, (at, winners, channels) => {
      for (let c = 0; c < channels; c++) {
        const winner = winners[c] ?? -1;
        inputGradient[winner] = (inputGradient[winner] ?? NaN) + (outputGradient[at + c] ?? NaN);
      }
    });
  },

  choices(pass, into) {
    forEachWindow(pass, (at, winners, channels) => {
      for (let c = 0; c < channels; c++) into[at + c] = winners[c] ?? -1;
    });
  },

  workspace({ inputShape }) {
    const channels = channelsOf(inputShape);
    return { best: channels, winners: channels * INTEGER };
  },
};

/**
 * @param winners [channels], positions in `input`
 * @param at position of the first channel in `output`
 */
type Visit = (at: number, winners: Int32Array, channels: number) => void;

function forEachWindow({ spec, inputShape, batch, input, scratch }: ForwardPass<Spec>, visit: Visit): void {
  const window = slidingWindow(spec.poolSize, spec.strides, spec.padding, inputShape);
  const { channels, outputHeight, outputWidth } = window;
  const winners = scratch.integers('winners', channels);
  let at = 0;
  for (let image = 0; image < batch; image++) {
    for (let i = 0; i < outputHeight; i++) {
      for (let j = 0; j < outputWidth; j++, at += channels) {
        findWinners(window, input, image, i, j, winners, scratch);
        visit(at, winners, channels);
      }
    }
  }
}

/** Finds the first maximum of one window, for every channel. */
function findWinners(
  window: Window,
  input: Numbers,
  image: number,
  i: number,
  j: number,
  winners: Int32Array,
  scratch: Scratch,
): void {
  const { height, width, channels, size, strides, padTop, padLeft } = window;
  const best = scratch.numbers('best', channels);
  const top = Math.max(i * strides[0] - padTop, 0);
  const left = Math.max(j * strides[1] - padLeft, 0);
  const bottom = Math.min(i * strides[0] - padTop + size[0], height);
  const right = Math.min(j * strides[1] - padLeft + size[1], width);
  const first = ((image * height + top) * width + left) * channels;
  for (let c = 0; c < channels; c++) {
    winners[c] = first + c;
    best[c] = input[first + c] ?? NaN;
  }
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const cell = ((image * height + y) * width + x) * channels;
      for (let c = 0; c < channels; c++) {
        const value = input[cell + c] ?? NaN;
        const most = best[c] ?? NaN;
        if (value > most || (Number.isNaN(value) && !Number.isNaN(most))) {
          best[c] = value;
          winners[c] = cell + c;
        }
      }
    }
  }
}
