import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { WEBGPU_FLAGS } from '../browser/chromium-flags.ts';
import { findChromium } from '../browser/find-chromium.ts';
import { readKerasCases } from '../../src/reference/keras-file.test-helper.ts';

/**
 * The shaders against the reference, in a real browser. SwiftShader on two cores is slow: one file
 * at a time, long limits.
 */
export default defineConfig({
  // Known in advance, so that the run is not loaded anew when the first test asks for it.
  optimizeDeps: { include: ['@tensorflow/tfjs'] },
  test: {
    include: ['src/**/*.gpu.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    attachmentsDir: 'test-results/gpu',
    browser: {
      enabled: true,
      headless: true,
      ui: false,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath: findChromium()?.path, args: WEBGPU_FLAGS } }),
      instances: [{ browser: 'chromium' }],
      // A page reads no file from outside the project.
      commands: { readKerasCases },
    },
  },
});
