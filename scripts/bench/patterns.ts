import type { CustomImages } from '../../src/data/custom.ts';
import { createRandom } from '../../src/random.ts';

const SIZE = 32;
const CHANNELS = 3;
const CLASSES = 10;
const TRAIN = 4096;
const TEST = 256;

/**
 * Colour images [count, 32, 32, 3] that a network can tell apart and that need no download. Each
 * class is a grating with its own direction, and with random phase, wavelength, colour and noise.
 * The same seed gives the same images.
 */
export function patterns(seed = 1): CustomImages {
  const train = draw(TRAIN, seed, 1);
  const test = draw(TEST, seed, 2);
  const given = { height: SIZE, width: SIZE, channels: CHANNELS, classes: CLASSES };
  return { ...given, images: train.images, labels: train.labels, testImages: test.images, testLabels: test.labels };
}

function draw(count: number, seed: number, stream: number): { images: Uint8Array; labels: Uint8Array } {
  const random = createRandom(seed, stream);
  const size = SIZE * SIZE * CHANNELS;
  const images = new Uint8Array(count * size);
  const labels = Uint8Array.from({ length: count }, () => random.integer(CLASSES));
  labels.forEach((label, i) => {
    const angle = (Math.PI * label) / CLASSES;
    const frequency = 0.5 + 0.5 * random.uniform();
    const phase = 2 * Math.PI * random.uniform();
    const colour = Array.from({ length: CHANNELS }, () => 0.3 + 0.7 * random.uniform());
    for (let pixel = 0; pixel < SIZE * SIZE; pixel++) {
      const along = Math.cos(angle) * (pixel % SIZE) + Math.sin(angle) * Math.floor(pixel / SIZE);
      const wave = 0.5 + 0.5 * Math.sin(frequency * along + phase);
      for (const [channel, share] of colour.entries()) {
        const value = 0.8 * wave * share + 0.2 * random.uniform();
        images[i * size + pixel * CHANNELS + channel] = Math.round(255 * value);
      }
    }
  });
  return { images, labels };
}
