import type { Counts } from './api';

/**
 * Counts dispatches and submits of everything that runs in this page from now on. Has to be called
 * before a device is opened.
 */
export function countGpuCalls(): Counts {
  const counts: Counts = { dispatches: 0, submits: 0 };
  if (!('GPUQueue' in globalThis)) return counts;
  const wrap = <Key extends string>(
    prototype: Record<Key, (...args: never[]) => unknown>,
    name: Key,
    count: keyof Counts,
  ) => {
    const original = prototype[name];
    prototype[name] = function (this: unknown, ...args: never[]) {
      counts[count]++;
      return original.apply(this, args);
    };
  };
  wrap(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', 'dispatches');
  wrap(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect', 'dispatches');
  wrap(GPUQueue.prototype, 'submit', 'submits');
  return counts;
}
