import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface ServedPage {
  /** Address of the page. */
  url: string;
  /** Folder of the built page. */
  folder: string;
  close(): Promise<void>;
}

/**
 * Builds the page into a temporary folder, so that the figure belongs to the present sources, and
 * serves it from this machine on a free port.
 * @param folder a page built before, to be served as it is
 * @param root where the sources of the page are, if it is not the playground
 */
export async function servePage(folder?: string, root = ROOT): Promise<ServedPage> {
  const outDir = folder ?? (await mkdtemp(join(tmpdir(), 'cnn-playground-')));
  const configFile = join(ROOT, 'vite.config.ts');
  if (!folder) await build({ root, configFile, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  const server = await preview({
    root,
    configFile,
    logLevel: 'error',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
  });
  const { port } = server.httpServer.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    folder: outDir,
    async close() {
      await server.close();
      if (!folder) await rm(outDir, { recursive: true, force: true });
    },
  };
}
