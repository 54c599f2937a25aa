/**
 * Does memory stay flat while a network trains? Trains a small network and prints, before and after
 * so many steps: the bytes and number of live GPU buffers, the JavaScript heaps of the training
 * worker and of the page after a garbage collection, and the resident memory of the browser's
 * renderer and GPU processes (Linux). Run with
 *   npx tsx scripts/measure/memory.ts [--steps 10000] [--warm-up 1000] [--dist DIR]
 */
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { wholeNumber } from '../parts/whole-number.ts';
import { launchBrowser, newVisitor } from './browser.ts';
import { countGpuBuffers, gpuBuffers, residentBytes, watchHeaps, type Heaps } from './memory-watch.ts';
import { printMachine } from './report.ts';
import { servePage } from './serve.ts';

const { values: options } = parseArgs({
  options: {
    steps: { type: 'string', default: '10000' },
    'warm-up': { type: 'string', default: '1000' },
    dist: { type: 'string' },
  },
});
const steps = wholeNumber(options.steps, 'steps');
const warmUp = wholeNumber(options['warm-up'], 'warm-up');

/**
 * A tiny network with layers that keep something from step to step, on 512 images of 8 x 8 pixels.
 */
async function prepare(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const [count, size] = [512, 64];
    const images = Uint8Array.from({ length: count * size }, (_, i) => (i * 7919) % 251);
    const labels = Uint8Array.from({ length: count }, (_, i) => i % 3);
    await window.playground.setDataset({ height: 8, width: 8, channels: 1, classes: 3, images, labels });
    window.playground.configure({ batchSize: 16 });
    const layers = [
      { kind: 'conv2d', filters: 4, activation: 'relu' },
      { kind: 'batchNormalization' },
      { kind: 'maxPool2d' },
      { kind: 'dropout', rate: 0.2 },
      { kind: 'flatten' },
      { kind: 'dense', units: 3, activation: 'softmax' },
    ];
    await window.playground.setModel({ version: 1, name: 'tiny', input: [8, 8, 1], layers } as never);
  });
}

async function take(page: Page, heaps: Heaps) {
  const { buffers, bytes } = await gpuBuffers(page);
  const heap = await heaps.read();
  const resident = residentBytes();
  const mebibytes = (value: number) => `${(value / 2 ** 20).toFixed(1)} MiB`;
  return {
    'live GPU buffers': String(buffers),
    'bytes in them': bytes.toLocaleString('en-US'),
    'heap of the worker': mebibytes(heap.worker),
    'heap of the page': mebibytes(heap.page),
    'renderer process': mebibytes(resident.renderer),
    'GPU process': mebibytes(resident['gpu-process']),
  };
}

const train = (page: Page, count: number) =>
  page.evaluate(async (steps) => (await window.playground.train({ steps })).steps, count);

const served = await servePage(options.dist);
const browser = await launchBrowser();
try {
  const context = await newVisitor(browser, served.url);
  await countGpuBuffers(context);
  const page = await context.newPage();
  const heaps = await watchHeaps(page);
  await page.goto(`${served.url}?view=train`);
  const { backend, adapter } = await page.evaluate(() => window.playground.ready);
  if (backend !== 'webgpu') throw new Error(`The page runs on ${backend}, not on WebGPU.`);
  printMachine(browser, [adapter]);
  await prepare(page);
  await train(page, warmUp);
  const before = await take(page, heaps);
  const start = performance.now();
  const done = await train(page, steps);
  console.log(`${done} steps in ${((performance.now() - start) / 1000).toFixed(0)} s, after ${warmUp} to warm up\n`);
  const after = await take(page, heaps);
  console.log('| | before | after |\n| --- | --- | --- |');
  for (const [name, value] of Object.entries(before))
    console.log(`| ${name} | ${value} | ${after[name as keyof typeof after]} |`);
} finally {
  await browser.close();
  await served.close();
}
