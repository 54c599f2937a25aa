import type { BrowserContext, Page } from '@playwright/test';
import type { LiveChange } from '../../src/model/live-settings.ts';
import type { Command, WorkerEvent } from '../../src/train/wire/protocol.ts';

/** The messages between a page and its worker; times are in ms since the page was opened. */
export interface WorkerWatch {
  /** Questions that are not answered yet. */
  open: number;
  asked: { type: Command['type']; at: number }[];
  /** How long the worker worked on its answers, in ms. */
  worked: { type: Command['type']; ms: number }[];
  looks: { step: number; layers: string[] }[];
  /** From which step on which live settings held. */
  liveChanges: LiveChange[];
  /** Steps done so far. */
  steps: { at: number; step: number }[];
}

declare global {
  interface Window {
    workerWatch: WorkerWatch;
  }
}

/**
 * Lets every page opened from now on record its messages in `window.workerWatch`. The messages
 * themselves do not change.
 */
export async function watchWorker(pages: Page | BrowserContext): Promise<void> {
  // No function in here has a name: compilers add a helper to keep names, and that helper does not
  // exist in the page.
  await pages.addInitScript(() => {
    const watch: WorkerWatch = { open: 0, asked: [], worked: [], looks: [], liveChanges: [], steps: [] };
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
          if (event.type === 'liveSettings') watch.liveChanges.push(event.change);
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
