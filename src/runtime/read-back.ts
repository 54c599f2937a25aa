import type { TensorRef } from '../model/kernel';
import type { Arenas } from './arenas';

/** Copies tensors to the CPU without stalling the queue. Staging buffers are kept for the next time. */
export interface ReadBack {
  /** Adds the copies to an encoder. Call the result after the submit: it resolves with one array per tensor. */
  encode(encoder: GPUCommandEncoder, arenas: Arenas, tensors: readonly TensorRef[]): () => Promise<Float32Array<ArrayBuffer>[]>;
  dispose(): void;
}

export function createReadBack(device: GPUDevice): ReadBack {
  const idle: GPUBuffer[] = [];

  function takeStaging(bytes: number): GPUBuffer {
    const fitting = idle.findIndex((buffer) => buffer.size >= bytes && buffer.size <= 4 * bytes);
    if (fitting >= 0) return idle.splice(fitting, 1)[0];
    return device.createBuffer({ label: 'read-back', size: bytes, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  }

  function giveBack(buffer: GPUBuffer) {
    idle.push(buffer);
    if (idle.length > 8) idle.shift()!.destroy();
  }

  return {
    encode(encoder, arenas, tensors) {
      const bytes = tensors.reduce((sum, { length }) => sum + length * 4, 0);
      const staging = takeStaging(bytes);
      let end = 0;
      for (const { arena, offset, length } of tensors) {
        encoder.copyBufferToBuffer(arenas[arena]!, offset * 4, staging, end, length * 4);
        end += length * 4;
      }
      return async () => {
        await staging.mapAsync(GPUMapMode.READ, 0, bytes);
        const all = new Float32Array(staging.getMappedRange(0, bytes).slice(0));
        staging.unmap();
        giveBack(staging);
        let at = 0;
        return tensors.map(({ length }) => all.slice(at, (at += length)));
      };
    },
    dispose() {
      for (const buffer of idle) buffer.destroy();
      idle.length = 0;
    },
  };
}
