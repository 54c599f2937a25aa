import type { Page } from '@playwright/test';
import type { GivenModelSpec } from '../../src/model/spec.ts';
import { openPage } from './page-parts.ts';

/**
 * A network for images of 8 x 8 in three classes: small enough that any number of steps takes no
 * time.
 */
export const TINY_NETWORK: GivenModelSpec = {
  version: 1,
  name: 'Tiny',
  input: [8, 8, 1],
  layers: [
    {
      kind: 'conv2d',
      filters: 4,
      kernelSize: [3, 3],
      strides: [1, 1],
      padding: 'valid',
      useBias: true,
      activation: 'relu',
    },
    { kind: 'maxPool2d', poolSize: [2, 2], strides: [2, 2], padding: 'valid' },
    { kind: 'flatten' },
    { kind: 'dense', units: 3, useBias: true, activation: 'softmax' },
  ],
};

/**
 * Gives the page 40 images for training and 10 for testing: each has a bright bar in the upper,
 * middle or lower third.
 */
export function giveTinyData(page: Page) {
  return page.evaluate(() => {
    const draw = (count: number) => {
      const labels = Uint8Array.from({ length: count }, (_, i) => i % 3);
      const images = Uint8Array.from({ length: count * 64 }, (_, i) => {
        const [image, row] = [Math.floor(i / 64), Math.floor((i % 64) / 8)];
        const inBar = Math.floor(row / 3) === image % 3;
        return (inBar ? 200 : 20) + ((i * 7919 + image * 31) % 50);
      });
      return { images, labels };
    };
    const [train, test] = [draw(40), draw(10)];
    return window.playground.setDataset({
      height: 8,
      width: 8,
      channels: 1,
      classes: 3,
      ...train,
      testImages: test.images,
      testLabels: test.labels,
    });
  });
}

/** Opens the page with the tiny network and the tiny data. */
export async function openTiny(page: Page, query = ''): Promise<void> {
  await openPage(page, query);
  await giveTinyData(page);
  await page.evaluate((network) => window.playground.setModel(network), TINY_NETWORK);
}
