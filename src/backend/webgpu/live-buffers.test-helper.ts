import { vi } from 'vitest';

/**
 * Counts GPU memory, of which WebGPU does not report how much is in use. To be called before each
 * test; `vi.restoreAllMocks` ends it.
 * @returns bytes of every buffer that has been created since and is not destroyed
 */
export function watchBuffers(): ReadonlyMap<GPUBuffer, number> {
  const live = new Map<GPUBuffer, number>();
  const { createBuffer } = GPUDevice.prototype;
  const { destroy } = GPUBuffer.prototype;
  vi.spyOn(GPUDevice.prototype, 'createBuffer').mockImplementation(function (this: GPUDevice, descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    live.set(buffer, descriptor.size);
    return buffer;
  });
  vi.spyOn(GPUBuffer.prototype, 'destroy').mockImplementation(function (this: GPUBuffer) {
    live.delete(this);
    return destroy.call(this);
  });
  return live;
}

/** The bytes of all these buffers together. */
export const bytesOf = (live: ReadonlyMap<GPUBuffer, number>): number =>
  [...live.values()].reduce((sum, size) => sum + size, 0);
