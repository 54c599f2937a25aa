import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findChromium } from '../browser/find-chromium.ts';

/** The libraries of the page. Known in advance: what the first test of it finds would load the run anew. */
const LIBRARIES = [
  '@dnd-kit/core',
  '@dnd-kit/sortable',
  '@dnd-kit/utilities',
  '@mantine/core',
  '@mantine/hooks',
  '@tabler/icons-react',
  'd3-scale',
  'd3-scale-chromatic',
  'idb-keyval',
  'react',
  'react-dom',
  'react-dom/client',
  'react/jsx-dev-runtime',
  'recharts',
  'vitest-browser-react',
  'zod',
  'zustand',
];

/** One component at a time, in a real browser: focus, keys and layout are those of a person. */
export default defineConfig({
  plugins: [react()],
  optimizeDeps: { include: LIBRARIES },
  test: {
    include: ['src/**/*.ui.test.tsx'],
    testTimeout: 30_000,
    // One window for all files: two would take the focus from each other.
    fileParallelism: false,
    attachmentsDir: 'test-results/ui',
    browser: {
      enabled: true,
      headless: true,
      ui: false,
      screenshotFailures: false,
      viewport: { width: 1024, height: 768 },
      provider: playwright({ launchOptions: { executablePath: findChromium()?.path, args: ['--no-sandbox'] } }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
