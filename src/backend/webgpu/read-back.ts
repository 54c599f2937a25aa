import type { TensorRef } from '../../plan/dispatch';
import { bufferOf, createBuffers, type Arenas, type ForEach } from './arenas';

/**
 * Copies tensors to the CPU without stalling the queue. Staging buffers are kept for the next time.
 */
export interface ReadBack {
  /**
   * Makes sure that there is memory for reading these tensors next. Call this for tensors that are
   * so large that there may be no memory for them.
   * @throws PlaygroundError if there is not.
   */
  reserve(tensors: readonly TensorRef[]): Promise<void>;
  /**
   * Adds the copies to an encoder. Call the returned function after the submit. It resolves with
   * one array per tensor.
   */
  encode<const T extends readonly TensorRef[]>(
    encoder: GPUCommandEncoder,
    arenas: Arenas,
    tensors: T,
  ): () => Promise<ForEach<T, Float32Array<ArrayBuffer>>>;
  dispose(): void;
}

/** The most staging buffers to keep. */
const KEPT = 8;

/** @param leastBytes of a staging buffer: reads that are smaller all use buffers of this size */
export function createReadBack(device: GPUDevice, leastBytes = 0): ReadBack {
  const idle: GPUBuffer[] = [];
  let disposed = false;

  function fitting(bytes: number): number {
    return idle.findIndex((buffer) => buffer.size >= bytes && buffer.size <= Math.max(4 * bytes, leastBytes));
  }

  function takeStaging(bytes: number): GPUBuffer {
    const known = fitting(bytes);
    const [kept] = known >= 0 ? idle.splice(known, 1) : [];
    return kept ?? device.createBuffer(staging(Math.max(bytes, leastBytes)));
  }

  function returnBuffer(buffer: GPUBuffer) {
    // This buffer was in flight, or being created, when everything else was disposed.
    if (disposed) return buffer.destroy();
    idle.push(buffer);
    if (idle.length > KEPT) idle.shift()?.destroy();
  }

  async function read<T extends readonly TensorRef[]>(
    buffer: GPUBuffer,
    tensors: T,
  ): Promise<ForEach<T, Float32Array<ArrayBuffer>>> {
    const bytes = bytesOf(tensors);
    try {
      await buffer.mapAsync(GPUMapMode.READ, 0, bytes);
    } catch (error) {
      buffer.destroy();
      throw error;
    }
    const mapped = buffer.getMappedRange(0, bytes);
    let at = 0;
    const values = tensors.map(({ length }) => new Float32Array(mapped.slice(at, (at += length * 4))));
    buffer.unmap();
    returnBuffer(buffer);
    return values as ForEach<T, Float32Array<ArrayBuffer>>;
  }

  return {
    async reserve(tensors) {
      const bytes = bytesOf(tensors);
      if (fitting(bytes) < 0)
        (await createBuffers(device, [staging(Math.max(bytes, leastBytes))])).forEach(returnBuffer);
    },
    encode(encoder, arenas, tensors) {
      const buffer = takeStaging(bytesOf(tensors));
      let end = 0;
      for (const { arena, offset, length } of tensors) {
        encoder.copyBufferToBuffer(bufferOf(arenas, arena), offset * 4, buffer, end, length * 4);
        end += length * 4;
      }
      return () => read(buffer, tensors);
    },
    dispose() {
      disposed = true;
      for (const buffer of idle) buffer.destroy();
      idle.length = 0;
    },
  };
}

const bytesOf = (tensors: readonly TensorRef[]) => tensors.reduce((sum, { length }) => sum + length * 4, 0);

const staging = (size: number): GPUBufferDescriptor => ({
  label: 'read-back',
  size,
  usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
});
