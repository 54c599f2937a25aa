/**
 * How well does a network learn in the page? Trains a preset on the real MNIST through
 * `window.playground`, with a tenth of the 60,000 training images held back for validation, and
 * prints the accuracy on the 10,000 test images after each epoch, with the time of a step. Needs
 * `npm run data` first. `scripts/train.ts` does the same in Node. Run with
 *   npx tsx scripts/measure/training.ts --model neural-fortran-cnn-mnist --batch 32 --epochs 3
 *   npx tsx scripts/measure/training.ts --model flux-conv-mnist --batch 128 --epochs 1
 * Options: --seed N (1); --optimizer '{"kind":"momentum","learningRate":0.01}' instead of the
 * preset's own; --backend cpu; --dist DIR for a page built before.
 */
import type { Page } from '@playwright/test';
import { describeEpoch, inWords, trainInEpochs, type Trainable } from '../training/epochs.ts';
import { readTrainingOptions } from '../training/options.ts';
import { launchBrowser, newVisitor, openWithMnist } from './browser.ts';
import { median, printMachine } from './report.ts';
import { servePage } from './serve.ts';

const TRAINING_IMAGES = 54_000;

const { preset, backend, epochs = 1, settings, own } = readTrainingOptions(process.argv.slice(2), ['dist']);

const inPage = (page: Page): Trainable => ({
  train: (steps) => page.evaluate((count) => window.playground.train({ steps: count }), steps),
  evaluate: (split) => page.evaluate((name) => window.playground.evaluate(name), split),
});

/** @returns milliseconds per step, of each epoch */
async function train(page: Page): Promise<number[]> {
  const { batchSize } = settings;
  const stepsPerEpoch = Math.ceil(TRAINING_IMAGES / batchSize);
  const target = inPage(page);
  const msPerStep: number[] = [];
  for await (const figures of trainInEpochs(target, { steps: epochs * stepsPerEpoch, stepsPerEpoch, batchSize })) {
    console.log([...describeEpoch(figures), `  test: ${inWords(await target.evaluate('test'))}`].join('\n'));
    msPerStep.push(figures.msPerStep);
  }
  return msPerStep;
}

const served = await servePage(own.dist);
const browser = await launchBrowser();
try {
  const visitor = await newVisitor(browser, served.url);
  const { page, adapter } = await openWithMnist(visitor, served.url, `?backend=${backend}`);
  printMachine(browser, [adapter]);
  await page.evaluate((change) => window.playground.configure(change), settings);
  await page.evaluate((id) => window.playground.setModel(id), preset.id);
  const { batchSize, seed, optimizer } = settings;
  console.log(`${preset.id} on MNIST, batch ${batchSize}, seed ${seed}, ${JSON.stringify(optimizer)}`);
  const msPerStep = await train(page);
  console.log(`${median(msPerStep).toFixed(1)} ms per step, median of ${epochs} epochs`);
} finally {
  await browser.close();
  await served.close();
}
