import { readdirSync, readFileSync } from 'node:fs';
import type { BrowserContext, Page } from '@playwright/test';

/**
 * Runs before the worker's script. WebGPU does not report how much memory is in use, so this counts
 * every buffer that is created and not destroyed.
 */
const COUNTER = `
(() => {
  const live = new Map();
  const { createBuffer } = GPUDevice.prototype;
  const { destroy } = GPUBuffer.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    live.set(buffer, descriptor.size);
    return buffer;
  };
  GPUBuffer.prototype.destroy = function () {
    live.delete(this);
    return destroy.call(this);
  };
  self.gpuBuffers = () => ({ buffers: live.size, bytes: [...live.values()].reduce((sum, size) => sum + size, 0) });
})();
`;

/** Makes the training workers of pages opened from now on count their GPU buffers. */
export async function countGpuBuffers(context: BrowserContext): Promise<void> {
  await context.route(/\/assets\/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: COUNTER + (await response.text()) });
  });
}

/** The live GPU buffers of the page's training worker. */
export async function gpuBuffers(page: Page): Promise<{ buffers: number; bytes: number }> {
  const [worker] = page.workers();
  if (!worker) throw new Error('The page has no worker.');
  return worker.evaluate(() => (self as unknown as { gpuBuffers(): { buffers: number; bytes: number } }).gpuBuffers());
}

export interface Heaps {
  /** The bytes of JavaScript in use, after a garbage collection. */
  read(): Promise<{ page: number; worker: number }>;
}

/** Listens for the page's worker, which has its own heap. Call it before the page is opened. */
export async function watchHeaps(page: Page): Promise<Heaps> {
  const session = await page.context().newCDPSession(page);
  const answers = new Map<number, (result: { usedSize?: number }) => void>();
  let workerSession = '';
  let nextId = 1;
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') workerSession = sessionId;
  });
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as { id: number; result: { usedSize?: number } };
    answers.get(id)?.(result);
  });
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const askWorker = async (method: string) => {
    const id = nextId++;
    const answer = new Promise<{ usedSize?: number }>((resolve) => answers.set(id, resolve));
    await session.send('Target.sendMessageToTarget', {
      sessionId: workerSession,
      message: JSON.stringify({ id, method, params: {} }),
    });
    return answer;
  };
  return {
    async read() {
      await session.send('HeapProfiler.collectGarbage');
      await askWorker('HeapProfiler.collectGarbage');
      const worker = await askWorker('Runtime.getHeapUsage');
      const { usedSize } = await session.send('Runtime.getHeapUsage');
      return { page: usedSize, worker: worker.usedSize ?? NaN };
    },
  };
}

type ProcessType = 'renderer' | 'gpu-process';

/**
 * The resident memory of the browser's processes in bytes, by type, from /proc; the largest one if
 * there are several of a type. NaN where there is no /proc.
 */
export function residentBytes(): Record<ProcessType, number> {
  const result = { renderer: NaN, 'gpu-process': NaN };
  for (const pid of descendants(process.pid)) {
    const command = readText(`/proc/${pid}/cmdline`);
    const type = /--type=(renderer|gpu-process)\b/.exec(command)?.[1] as ProcessType | undefined;
    const kibibytes = Number(/VmRSS:\s+(\d+) kB/.exec(readText(`/proc/${pid}/status`))?.[1]);
    if (type) result[type] = Math.max(Number.isNaN(result[type]) ? 0 : result[type], kibibytes * 1024);
  }
  return result;
}

function descendants(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readText('/proc/self/stat') ? readdirSync('/proc') : []) {
    const parent = Number(/PPid:\s+(\d+)/.exec(readText(`/proc/${name}/status`))?.[1]);
    if (/^\d+$/.test(name)) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const below = (pid: number): number[] => (children.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(root);
}

/** The file's text; empty if there is no such file, or no longer. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
