import { PlaygroundError, required } from '../../errors';
import { binaryBytes } from '../../model/bytes';
import type { Arena } from '../../plan/dispatch';
import { bufferLimit } from './device';

/** The GPU buffer behind each arena. */
export type Arenas = Partial<Record<Arena, GPUBuffer>>;

/** One value for each entry of a tuple. */
export type ForEach<T extends readonly unknown[], Value> = { -readonly [K in keyof T]: Value };

/** @throws MissingError if nothing was allocated for the arena. */
export function bufferOf(arenas: Arenas, arena: Arena): GPUBuffer {
  return required(arenas[arena], `buffer for the arena "${arena}"`);
}

/**
 * Creates one buffer per arena. Sizes are in 4-byte elements.
 * @throws PlaygroundError naming what does not fit. If the limit is known, it throws before it
 * allocates anything.
 */
export async function createArenas(device: GPUDevice, sizes: Partial<Record<Arena, number>>): Promise<Arenas> {
  const limit = bufferLimit(device);
  for (const [arena, elements] of Object.entries(sizes)) {
    if (elements * 4 > limit) throw tooLarge(arena, elements * 4, limit);
  }
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const entries = Object.entries(sizes) as [Arena, number][];
  const buffers = await createBuffers(
    device,
    entries.map(([label, elements]) => ({ label, size: elements * 4, usage })),
  );
  return Object.fromEntries(entries.map(([arena], i) => [arena, buffers[i]]));
}

/**
 * Creates all of the buffers or none.
 * @throws PlaygroundError if the GPU has no memory left for the buffers. It never raises an
 * uncaught GPU error, because that would count as a failure of the GPU.
 */
export async function createBuffers<const T extends readonly GPUBufferDescriptor[]>(
  device: GPUDevice,
  descriptors: T,
): Promise<ForEach<T, GPUBuffer>> {
  device.pushErrorScope('out-of-memory');
  const buffers = descriptors.map((descriptor) => device.createBuffer(descriptor));
  const error = await device.popErrorScope();
  if (!error) return buffers as ForEach<T, GPUBuffer>;
  for (const buffer of buffers) buffer.destroy();
  const bytes = descriptors.reduce((sum, { size }) => sum + size, 0);
  throw new PlaygroundError(`the GPU has no room left for the ${binaryBytes(bytes)} that are needed.`, {
    remedy: 'Choose a smaller batch size or a smaller network, or close other pages that use the GPU.',
  });
}

function tooLarge(arena: string, bytes: number, limit: number): PlaygroundError {
  return new PlaygroundError(
    `the ${arena} need ${binaryBytes(bytes)}, but this GPU allows ${binaryBytes(limit)} in one buffer.`,
    {
      remedy: 'Choose a smaller batch size or a smaller network.',
    },
  );
}
