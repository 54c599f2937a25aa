import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * What the built page may load. Mantine writes style elements at run time; everything else comes
 * from files of this site.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "worker-src 'self' blob:",
  "connect-src 'self' https://cdn.jsdelivr.net/gh/fgnt/mnist@master/ " +
    'https://raw.githubusercontent.com/fgnt/mnist/master/',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * A meta element, because a static host may offer no headers. At build only: the dev server needs
 * inline scripts.
 */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}

export default defineConfig({
  // Relative addresses: the built page works from any path of any host.
  base: './',
  // No single-page fallback: a missing file is a 404 here as on a static host, not index.html with
  // status 200.
  appType: 'mpa',
  plugins: [react(), contentSecurityPolicy()],
  worker: { format: 'es' },
  build: {
    // Browsers with WebGPU know all of ES2023.
    target: 'es2023',
    // Small fonts stay files as well: data: addresses are not in the policy's font-src.
    assetsInlineLimit: (file) => (/\.woff2?$/.test(file) ? false : undefined),
  },
  test: {
    // `--coverage`: of the unit tests alone, whose report is a few lines at the end of the run.
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,tsx}'],
      exclude: ['src/**/*.test.{ts,tsx}', 'src/**/*.test-helper.{ts,tsx}'],
      reporter: ['text-summary'],
      reportsDirectory: 'test-results/coverage',
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['{src,scripts}/**/*.test.{ts,tsx}'],
          exclude: ['src/**/*.gpu.test.ts', 'src/**/*.ui.test.tsx'],
          testTimeout: 30_000,
          // Its entry for Node is CommonJS that calls itself a module; the one for bundlers works.
          server: { deps: { inline: ['wgsl_reflect'] } },
        },
      },
      // In files of their own: building the page should not load Playwright.
      { extends: './scripts/test/vitest.gpu.config.ts', test: { name: 'gpu' } },
      { extends: './scripts/test/vitest.ui.config.ts', test: { name: 'ui' } },
    ],
  },
});
