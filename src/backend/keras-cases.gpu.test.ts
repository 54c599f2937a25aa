import { expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import { kerasCases } from '../reference/keras-cases.test-helper';
import { createGpuEngine } from './webgpu/gpu-engine';
import { wrongCases } from './keras-cases.test-helper';

declare module 'vitest/browser' {
  interface BrowserCommands {
    /** See vitest.gpu.config.ts. */
    readKerasCases: () => Promise<string | null>;
  }
}

it('WebGPU finds what Keras and TensorFlow.js found (skipped where their figures are not kept)', async ({ skip }) => {
  const json = await commands.readKerasCases();
  if (json === null) return skip('../shared/fixtures/keras-layers.json is not there');
  const engine = await createGpuEngine(navigator.gpu);
  expect(await wrongCases(engine, kerasCases(json))).toEqual([]);
  engine.dispose();
});
