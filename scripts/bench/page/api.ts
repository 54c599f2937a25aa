/**
 * The messages between the benchmark in Node and its page. Types only: the peers need not be
 * installed to read them.
 */

/** What was sent to the GPU through WebGPU. */
export interface Counts {
  dispatches: number;
  submits: number;
}

/** How long the GPU worked on one dispatch. */
export interface KernelTime {
  /** The label of the bind group, or of the pipeline if the group has none. */
  label: string;
  ns: number;
}

/** How fast one kernel of matmul.wgsl is. */
export interface Floor {
  kernel: string;
  gflops: number;
}

export interface KernelProfile {
  adapter: string;
  /** The fastest comes first. */
  floors: Floor[];
  /** One array for each step, in the order of the dispatches. */
  steps: KernelTime[][];
}

/**
 * Ids of everything that can be timed here, in the order of the table. `ours` is the engine without
 * its page.
 */
export type PeerId = 'ours' | 'jax-js-webgpu' | 'jax-js-wasm' | 'tfjs-webgpu' | 'tfjs-webgl' | 'convnetjs';

/** The calls that the benchmark makes, one after the other. */
export interface BenchPage {
  /** @throws Error if the peer does not run here. */
  open(peer: PeerId): Promise<string>;
  /**
   * Makes the network of a row and trains it for some steps, one at a time.
   * @returns their losses, the ms from the network's description to the first loss, and those of
   * the later steps
   * @throws Error if it cannot, or if a step takes longer than the patience, in seconds
   */
  begin(
    row: string,
    steps: number,
    patience: number,
  ): Promise<{ losses: number[]; firstStepMs: number; msPerStep: number }>;
  /** Trains this many steps in a row. @returns ms and calls per step */
  time(row: string, steps: number): Promise<{ msPerStep: number } & Counts>;
  /** Times each kernel of our engine. The page must not have opened a peer. */
  profile(row: string, steps: number): Promise<KernelProfile>;
}

declare global {
  interface Window {
    bench: BenchPage;
  }
}
