import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';

/** A script of the built page. */
export interface Script {
  name: string;
  /** The bytes as stored, and as a host that compresses would send them. */
  bytes: number;
  gzipped: number;
}

export interface LoadedScripts {
  /** Scripts named in index.html: needed before anything is drawn. */
  initial: Script[];
  /** Scripts that the page fetches afterwards without a user's action. */
  later: Script[];
  /** Scripts that the training worker fetches. */
  worker: Script[];
}

/**
 * The scripts that a visit loads until training runs, with no action but Play.
 * @param page opened and training
 * @param folder of the built page
 * @param requested addresses of all requested scripts, by page and worker
 */
export async function loadedScripts(page: Page, folder: string, requested: readonly string[]): Promise<LoadedScripts> {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const byPage = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  const names = new Set(requested.filter((url) => url.endsWith('.js')));
  const result: LoadedScripts = { initial: [], later: [], worker: [] };
  for (const url of names) {
    const script = measure(folder, basename(url));
    if (html.includes(script.name)) result.initial.push(script);
    else result[byPage.includes(url) && !isWorkerEntry(script) ? 'later' : 'worker'].push(script);
  }
  return result;
}

/**
 * The browser reports the first file of a worker under the page that starts it; the build names
 * that file after src/train/worker.ts.
 */
const isWorkerEntry = ({ name }: Script) => name.startsWith('worker-');

function measure(folder: string, name: string): Script {
  const content = readFileSync(join(folder, 'assets', name));
  return { name, bytes: content.length, gzipped: gzipSync(content).length };
}
