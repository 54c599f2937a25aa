import { defineConfig } from '@playwright/test';
import base from '../playwright.config.ts';

/**
 * The built page in Firefox; run `npm run build` first. Playwright serves the page and counts the
 * tests; its own Firefox is a patched build without WebGPU, so puppeteer drives the real one.
 */
export default defineConfig({
  ...base,
  testDir: '.',
  outputDir: '../../test-results/firefox',
  workers: 1,
  reporter: [['list'], ['json', { outputFile: '../../test-results/firefox.json' }]],
  projects: [{ name: 'firefox' }],
  webServer: { ...base.webServer, cwd: '../..' } as typeof base.webServer,
});
