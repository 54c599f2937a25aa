import { expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import { kerasCases, type KerasCase } from '../reference/keras-cases.test-helper';
import { createGpuEngine } from './webgpu/gpu-engine';
import { groupsAlike, wrongCases } from './keras-cases.test-helper';

declare module 'vitest/browser' {
  interface BrowserCommands {
    /** See vitest.gpu.config.ts. */
    readKerasCases: () => Promise<string | null>;
  }
}

/**
 * The groups that ask for a gradient, and every third of the others: the kernels of all of them take
 * minutes to compile. The CPU and the reference, with which other tests compare WebGPU, try them all.
 */
const fewer = (groups: KerasCase[][]) =>
  groups.filter((group, i) => i % 3 === 0 || group.some(({ ofGradient }) => ofGradient));

it('WebGPU finds what Keras and TensorFlow.js found (skipped where their figures are not kept)', async ({ skip }) => {
  const json = await commands.readKerasCases();
  if (json === null) return skip('../shared/fixtures/keras-layers.json is not there');
  const engine = await createGpuEngine(navigator.gpu);
  expect(await wrongCases(engine, fewer(groupsAlike(kerasCases(json))))).toEqual([]);
  engine.dispose();
});
