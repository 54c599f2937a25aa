import type { BrowserContext, Page } from '@playwright/test';
import type { Command, WorkerEvent } from '../../src/train/wire/protocol.ts';

/** What a page said to its worker and heard from it; times in ms since it was opened. */
export interface WorkerWatch {
  /** Questions that are not answered yet. */
  open: number;
  asked: { type: Command['type']; at: number }[];
  /** Work of the worker for the answers, in ms. */
  worked: { type: Command['type']; ms: number }[];
  looks: { step: number; layers: string[] }[];
  /** Steps done so far. */
  steps: { at: number; step: number }[];
}

declare global {
  interface Window {
    workerWatch: WorkerWatch;
  }
}

/**
 * Lets every page opened from now on note its messages in `window.workerWatch`. They pass as they
 * are.
 */
export async function watchWorker(pages: Page | BrowserContext): Promise<void> {
  // No function in here has a name: the helper that compilers add to keep it is not there in the
  // page.
  await pages.addInitScript(() => {
    const watch: WorkerWatch = { open: 0, asked: [], worked: [], looks: [], steps: [] };
    window.workerWatch = watch;
    const types = new Map<number, Command['type']>();
    const heard = new WeakSet<Worker>();
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (this: Worker, command: Command, ...rest: unknown[]) {
      if (!heard.has(this)) {
        heard.add(this);
        this.addEventListener('message', ({ data: event }: MessageEvent<WorkerEvent>) => {
          if (event.type === 'reply' || event.type === 'failure') watch.open--;
          if (event.type === 'reply') watch.worked.push({ type: types.get(event.id)!, ms: event.ms });
          if (event.type === 'metrics')
            watch.steps.push({ at: performance.now(), step: event.firstStep + event.loss.length - 1 });
          if (event.type === 'diagnostics')
            watch.looks.push({ step: event.step, layers: event.layers.map(({ layer }) => layer) });
        });
      }
      watch.asked.push({ type: command.type, at: performance.now() });
      watch.open++;
      types.set(command.id, command.type);
      Reflect.apply(postMessage, this, [command, ...rest]);
    };
  });
}
