import { PlaygroundError } from '../errors';
import type { Arena } from '../model/kernel';

/** The GPU buffer behind each arena. */
export type Arenas = Partial<Record<Arena, GPUBuffer>>;

/**
 * Creates one buffer per arena. Sizes are in 4-byte elements.
 * @throws PlaygroundError naming what does not fit, before anything is allocated where the limit is known.
 */
export async function createArenas(device: GPUDevice, sizes: Partial<Record<Arena, number>>): Promise<Arenas> {
  const limit = Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize);
  for (const [arena, elements] of Object.entries(sizes)) {
    if (elements * 4 > limit) throw tooLarge(arena, elements * 4, limit);
  }
  device.pushErrorScope('out-of-memory');
  const arenas: Arenas = {};
  for (const [arena, elements] of Object.entries(sizes) as [Arena, number][]) {
    arenas[arena] = device.createBuffer({
      label: arena,
      size: elements * 4,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
  }
  const error = await device.popErrorScope();
  if (!error) return arenas;
  for (const buffer of Object.values(arenas)) buffer.destroy();
  const bytes = Object.values(sizes).reduce((sum, elements) => sum + elements * 4, 0);
  throw new PlaygroundError(`the GPU has no room for the ${megabytes(bytes)} that this network and batch size need.`, {
    remedy: 'Choose a smaller batch size or a smaller network.',
  });
}

function tooLarge(arena: string, bytes: number, limit: number): PlaygroundError {
  return new PlaygroundError(`the ${arena} need ${megabytes(bytes)}, but this GPU allows ${megabytes(limit)} in one buffer.`, {
    remedy: 'Choose a smaller batch size or a smaller network.',
  });
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MiB`;
