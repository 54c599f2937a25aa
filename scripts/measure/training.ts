/**
 * How well does a network learn in the page? Trains a preset on the real MNIST through
 * `window.playground` on WebGPU, with a tenth of the 60,000 training images held back for
 * validation, and prints the accuracy on the 10,000 test images after each epoch, with the time of
 * a step. Needs `npm run data` first. Run with
 *   npx tsx scripts/measure/training.ts --preset neural-fortran-cnn-mnist --batch 32 --epochs 3
 *   npx tsx scripts/measure/training.ts --preset flux-conv-mnist --batch 128 --epochs 1
 * Options: --seed N (1); --optimizer '{"kind":"momentum","learningRate":0.01}' instead of the
 * preset's own; --backend cpu; --dist DIR for a page built before.
 */
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { DEFAULT_PRESET, findPreset } from '../../src/model/presets.ts';
import { changeSettings, DEFAULT_SETTINGS, type TrainSettings } from '../../src/model/settings.ts';
import { launchBrowser, newVisitor, openWithMnist } from './browser.ts';
import { median, printMachine, wholeNumber } from './report.ts';
import { servePage } from './serve.ts';

const { values: options } = parseArgs({
  options: {
    preset: { type: 'string', default: DEFAULT_PRESET.id },
    batch: { type: 'string' },
    epochs: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    optimizer: { type: 'string' },
    backend: { type: 'string', default: 'webgpu' },
    dist: { type: 'string' },
  },
});

/** The settings of the preset, changed as the command line says. */
function chosenSettings(): TrainSettings {
  const { batchSize, optimizer } = findPreset(options.preset).settings;
  const preset = { ...DEFAULT_SETTINGS, batchSize, optimizer };
  return changeSettings(preset, {
    validationSplit: 0.1,
    seed: wholeNumber(options.seed, 'seed'),
    ...(options.batch === undefined ? {} : { batchSize: wholeNumber(options.batch, 'batch') }),
    ...(options.optimizer === undefined ? {} : { optimizer: JSON.parse(options.optimizer) as unknown }),
  });
}

interface EpochFigures {
  steps: number;
  /** The mean loss over the epoch, taken of every batch before its update. */
  trainLoss: number;
  validationAccuracy: number;
  testAccuracy: number;
  msPerStep: number;
}

async function trainEpoch(page: Page, batchSize: number): Promise<EpochFigures> {
  const { train, validation, test } = await page.evaluate(async () => {
    const result = await window.playground.train({ epochs: 1 });
    const [validation, test] = [
      await window.playground.evaluate('validation'),
      await window.playground.evaluate('test'),
    ];
    return { train: result, validation: validation.accuracy, test: test.accuracy };
  });
  if (train.halted) throw new Error(`Training halted: ${train.halted.error.what}`);
  return {
    steps: train.steps,
    trainLoss: train.loss.reduce((sum, loss) => sum + loss, 0) / train.steps,
    validationAccuracy: validation,
    testAccuracy: test,
    msPerStep: (1000 * batchSize) / train.examplesPerSecond,
  };
}

function print(epoch: number, figures: EpochFigures): void {
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  const { steps, trainLoss, validationAccuracy, testAccuracy, msPerStep } = figures;
  console.log(
    `epoch ${epoch}: test accuracy ${percent(testAccuracy)}, validation ${percent(validationAccuracy)}, ` +
      `training loss ${trainLoss.toFixed(4)}, ${msPerStep.toFixed(1)} ms per step over ${steps} steps`,
  );
}

const settings = chosenSettings();
const epochs = wholeNumber(options.epochs, 'epochs');
const served = await servePage(options.dist);
const browser = await launchBrowser();
try {
  const { page, adapter } = await openWithMnist(
    await newVisitor(browser, served.url),
    served.url,
    `?backend=${options.backend}`,
  );
  printMachine(browser, [adapter]);
  await page.evaluate((change) => window.playground.configure(change), settings);
  await page.evaluate((id) => window.playground.setModel(id), options.preset);
  const { batchSize, seed, optimizer } = settings;
  console.log(
    `${options.preset} on MNIST, 54,000 training images, batch ${batchSize}, seed ${seed}, ` +
      `${JSON.stringify(optimizer)}`,
  );
  const msPerStep: number[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const figures = await trainEpoch(page, batchSize);
    print(epoch, figures);
    msPerStep.push(figures.msPerStep);
  }
  console.log(`${median(msPerStep).toFixed(1)} ms per step, median of ${epochs} epochs`);
} finally {
  await browser.close();
  await served.close();
}
