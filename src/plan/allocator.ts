import type { Arena, TensorRef } from './dispatch';

/** Tensors start at multiples of this: WebGPU wants storage bindings aligned to 256 bytes. */
export const ALIGNMENT = 64;

/** Lays tensors out one after the other in their arenas. */
export interface Allocator {
  allocate(arena: Arena, length: number): TensorRef;
  /** Number of elements that each arena needs so far. */
  readonly sizes: Readonly<Partial<Record<Arena, number>>>;
}

export function createAllocator(): Allocator {
  const sizes: Partial<Record<Arena, number>> = {};
  return {
    sizes,
    allocate(arena, length) {
      const offset = sizes[arena] ?? 0;
      sizes[arena] = offset + padded(length);
      return { arena, offset, length };
    },
  };
}

/** A length rounded up to the alignment. */
export function padded(length: number): number {
  return Math.ceil(Math.max(length, 1) / ALIGNMENT) * ALIGNMENT;
}
