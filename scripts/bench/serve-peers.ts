import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import type { ServedPage } from '../measure/serve.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const ROOT = join(FOLDER, 'page');

/** Installs the peers if they are missing. @throws Error if npm fails. */
export function installPeers(): void {
  if (existsSync(join(FOLDER, 'node_modules', '.package-lock.json'))) return;
  console.log('Installing the peers into scripts/bench ...');
  const windows = process.platform === 'win32';
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: FOLDER,
    stdio: 'inherit',
    shell: windows,
  });
  if (status !== 0) throw new Error('`npm ci` in scripts/bench failed: see above. It needs the npm registry.');
}

/**
 * Builds the page of the peers and serves it on a free port. It is cross-origin isolated: jax-js
 * needs this to use more than one thread of the CPU.
 */
export async function servePeers(): Promise<ServedPage> {
  const outDir = await mkdtemp(join(tmpdir(), 'cnn-playground-bench-'));
  const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
  const common = { root: ROOT, configFile: false, base: './', logLevel: 'error' } as const;
  await build({ ...common, build: { outDir, emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 10_000 } });
  const server = await preview({ ...common, build: { outDir }, preview: { host: '127.0.0.1', port: 0, headers } });
  const { port } = server.httpServer.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    folder: outDir,
    async close() {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
