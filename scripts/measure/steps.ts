/**
 * How long does a training step take on WebGPU and on the CPU reference? Opens the page twice in
 * one browser, once with `?backend=cpu`, and lets `playground.benchmark` run in turns: each round
 * times every network on both, so that other load on the machine slows both down. Needs
 * `npm run data` first. Run with
 *   npx tsx scripts/measure/steps.ts [--rounds 5] [--seconds 3] [--dist DIR]
 * `--seconds` is about how long one timing takes. Prints median, least and largest of the rounds,
 * and the median of the rounds' ratios.
 */
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { at } from '../../src/at.ts';
import { findPreset } from '../../src/model/presets.ts';
import type { OptimizerSettings } from '../../src/model/settings.ts';
import { wholeNumber } from '../parts/whole-number.ts';
import { launchBrowser, newVisitor, openWithMnist } from './browser.ts';
import { printMachine, spread } from './report.ts';
import { servePage } from './serve.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    dist: { type: 'string' },
  },
});
const rounds = wholeNumber(options.rounds, 'rounds');
const seconds = wholeNumber(options.seconds, 'seconds');

const BACKENDS = ['webgpu', 'cpu'] as const;
type Backend = (typeof BACKENDS)[number];
/** The number of steps in the trial run, which only finds out how many steps fill the time. */
const TRIAL_STEPS = 8;

interface Work {
  model: string;
  batchSize: number;
  optimizer: OptimizerSettings;
  /** The number of steps of one timing, and the time of a step in each round, ms. */
  steps: Record<Backend, number>;
  times: Record<Backend, number[]>;
  dispatches: number;
}

const works = ['neural-fortran-cnn-mnist', 'flux-conv-mnist'].flatMap((model) =>
  [32, 128].map((batchSize): Work => {
    const { optimizer } = findPreset(model).settings;
    return { model, batchSize, optimizer, steps: { webgpu: 0, cpu: 0 }, times: { webgpu: [], cpu: [] }, dispatches: 0 };
  }),
);

function benchmark(page: Page, { model, batchSize, optimizer }: Work, steps: number) {
  return page.evaluate((request) => window.playground.benchmark(request), { model, batchSize, optimizer, steps });
}

/** Finds how many steps of each network fill the time of a timing; also reads the dispatches. */
async function prepare(pages: Record<Backend, Page>): Promise<void> {
  for (const work of works) {
    for (const backend of BACKENDS) {
      const { msPerStep, dispatchesPerStep } = await benchmark(pages[backend], work, TRIAL_STEPS);
      work.steps[backend] = Math.max(TRIAL_STEPS, Math.round((1000 * seconds) / msPerStep));
      work.dispatches = Math.max(work.dispatches, dispatchesPerStep);
    }
  }
}

async function measure(pages: Record<Backend, Page>): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (const work of works) {
      // The two backends take turns in going first.
      for (const backend of round % 2 === 0 ? BACKENDS : BACKENDS.toReversed()) {
        work.times[backend].push((await benchmark(pages[backend], work, work.steps[backend])).msPerStep);
      }
    }
  }
}

function print(): void {
  console.log(
    `ms per step, median (least–largest) of ${rounds} rounds; ratio CPU / WebGPU, above 1 where WebGPU is the faster\n`,
  );
  console.log('| network | batch | optimizer | WebGPU | CPU reference | ratio | dispatches per step |');
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
  for (const { model, batchSize, optimizer, times, dispatches } of works) {
    const ratios = times.cpu.map((ms, round) => ms / at(times.webgpu, round));
    const cells = [
      model,
      batchSize,
      optimizer.kind,
      spread(times.webgpu, 1),
      spread(times.cpu, 1),
      spread(ratios, 2),
      dispatches,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

const served = await servePage(options.dist);
const browser = await launchBrowser();
try {
  const context = await newVisitor(browser, served.url);
  const webgpu = await openWithMnist(context, served.url);
  const cpu = await openWithMnist(context, served.url, '?backend=cpu');
  printMachine(browser, [webgpu.adapter, cpu.adapter]);
  const pages = { webgpu: webgpu.page, cpu: cpu.page };
  await prepare(pages);
  await measure(pages);
  print();
} finally {
  await browser.close();
  await served.close();
}
