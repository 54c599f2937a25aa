import { defineConfig } from '@playwright/test';
import { NO_ADAPTER_FLAGS, WEBGPU_FLAGS } from '../scripts/browser/chromium-flags.ts';
import { findChromium } from '../scripts/browser/find-chromium.ts';

const port = Number(process.env['E2E_PORT'] ?? 4319);
/** Not the root of the host: the page must work from any path. */
const path = '/some/where/playground/';
/** The folder of the built page, relative to the root of the project. */
const dist = process.env['E2E_DIST'] ?? 'dist';

const executablePath = findChromium()?.path;
const withoutAdapter = /\.no-adapter\.spec\.ts$/;
/** Has a configuration of its own. */
const inFirefox = '**/e2e/firefox/**';

/**
 * Tests the built page in a real browser; run `npm run build` first. There are two workers, since
 * much of a test is waiting for the page.
 */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results/e2e',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 2,
  retries: 0,
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]],
  use: {
    baseURL: `http://localhost:${port}${path}`,
    screenshot: 'only-on-failure',
    viewport: { width: 1440, height: 900 },
  },
  projects: [
    {
      name: 'webgpu',
      testIgnore: [withoutAdapter, inFirefox],
      use: { launchOptions: { executablePath, args: WEBGPU_FLAGS } },
    },
    {
      name: 'no-adapter',
      testMatch: withoutAdapter,
      use: { launchOptions: { executablePath, args: NO_ADAPTER_FLAGS } },
    },
  ],
  webServer: {
    command: `npx vite preview --port ${port} --strictPort --base ${path} --outDir ${dist}`,
    cwd: '..',
    url: `http://localhost:${port}${path}`,
    reuseExistingServer: false,
  },
});
