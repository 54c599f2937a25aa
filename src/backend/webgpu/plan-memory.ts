import type { ResolvedModel } from '../../model/resolve';
import type { Arena } from '../../plan/dispatch';
import { planForward } from '../../plan/plan';
import type { LookOptions, Plan } from '../../plan/plan-types';
import { largestBatch } from '../estimate';

/** Bytes of every arena of a plan, the largest first. */
export function arenaBytes({ arenas }: Pick<Plan, 'arenas'>): { arena: Arena; bytes: number }[] {
  const entries = Object.entries(arenas) as [Arena, number][];
  return entries.map(([arena, elements]) => ({ arena, bytes: elements * 4 })).sort((a, b) => b.bytes - a.bytes);
}

/** Bytes of everything that a plan allocates. */
export function planBytes(plan: Pick<Plan, 'arenas'>): number {
  return arenaBytes(plan).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Bytes of the order of an epoch, which a network in training keeps on the GPU. */
export function orderBytes(images: number): number {
  return Math.max(16, 4 * images);
}

/** Bytes of everything except the weights, which plans of the same network share. */
export function bytesBesideWeights(plan: Plan): number {
  return planBytes(plan) - 4 * (plan.arenas.parameters ?? 0);
}

/** Whether every arena fits a buffer of `limit` bytes. */
export function fitsBuffers(plan: Plan, limit: number): boolean {
  return arenaBytes(plan).every(({ bytes }) => bytes <= limit);
}

/**
 * Images that go through a network together beside the training should take at most this many
 * bytes, to leave room for the training.
 */
const ASIDE_BYTES = 256 * 2 ** 20;

/**
 * How many images, up to `most` and at least one, to send through a network together beside its
 * training.
 * @param limit bytes of the largest buffer
 */
export function batchAside(
  model: ResolvedModel,
  options: Omit<LookOptions, 'batchSize'>,
  most: number,
  limit: number,
): number {
  const passes = (batchSize: number) => {
    const plan = planForward(model, { ...options, batchSize });
    return bytesBesideWeights(plan) <= ASIDE_BYTES && fitsBuffers(plan, limit);
  };
  return Math.max(1, largestBatch(most, passes));
}
