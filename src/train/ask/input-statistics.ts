import type { Dataset } from '../../data/dataset';
import { PlaygroundError } from '../../errors';
import { LEAST_STD, type Normalization } from '../../model/input-scaling';
import type { Session } from '../session/session';

/** Figures of the result; more would not show in a float32 network. */
const FIGURES = 4;

/**
 * Mean and standard deviation of the pixels in 0..1 of all training images, for each channel, to
 * {@link FIGURES} figures. Images held back for validation do not count: the network must know
 * nothing of them. The deviation is that of the population, as in the usual figures of such
 * data sets. A channel that is the same everywhere gets 1, so that it becomes 0 instead of infinite.
 * @throws PlaygroundError if there are no images.
 */
export function inputStatistics({ data }: Session): Normalization {
  if (!data) throw new PlaygroundError('there are no images yet.', { remedy: 'Wait until the data set is loaded.' });
  const channels = countsOf(data.dataset, data.filledRows('train')).map(statisticsOf);
  return { mean: channels.map(({ mean }) => mean), std: channels.map(({ std }) => std) };
}

/** How often each byte occurs in each channel: [C] arrays of 256. */
function countsOf({ height, width, channels, train }: Dataset, rows: Uint32Array): Float64Array[] {
  const counts = Array.from({ length: channels }, () => new Float64Array(256));
  const size = height * width * channels;
  for (const row of rows) {
    const image = train.images.subarray(row * size, (row + 1) * size);
    counts.forEach((own, channel) => {
      for (let i = channel; i < size; i += channels) {
        const byte = image[i] ?? 0;
        own[byte] = (own[byte] ?? NaN) + 1;
      }
    });
  }
  return counts;
}

/** @param counts [256]: how often each byte occurs */
function statisticsOf(counts: Float64Array): { mean: number; std: number } {
  const count = counts.reduce((sum, n) => sum + n, 0);
  const mean = counts.reduce((sum, n, byte) => sum + (n * byte) / 255, 0) / count;
  const variance = counts.reduce((sum, n, byte) => sum + n * (byte / 255 - mean) ** 2, 0) / count;
  const std = rounded(Math.sqrt(variance));
  return { mean: rounded(mean), std: std < LEAST_STD ? 1 : std };
}

const rounded = (value: number) => Number(value.toPrecision(FIGURES));
