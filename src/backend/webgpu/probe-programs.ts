import { PlaygroundError } from '../../errors';
import type { MemoryLimits } from '../../model/cost';
import type { TensorRef } from '../../plan/kernels/launch';
import type { ResolvedModel } from '../../model/resolve';
import { batchAside, bytesBesideWeights, fitsLimits, largestBatch } from '../../plan/cost';
import { buildPlan, type Plan, type PlanOptions } from '../../plan/plan';
import { bufferLimit } from './device';
import type { GpuContext } from './gpu-network';
import { createProgram, type Program } from './program';

export type Depth = 'forward' | 'backward';

interface Ready {
  plan: Plan;
  program: Program;
}

/** What a question reads back. */
export type Wanted = (plan: Plan) => TensorRef[];

/**
 * Batches are rounded up to one of few sizes, so that few programs are made; a larger forward batch
 * is cut up.
 */
const FORWARD_SIZES = [1, 16, 256];
/** Programs kept for the next question, and the bytes that they may hold together. */
const KEPT = 4;
const KEPT_BYTES = 256 * 2 ** 20;

/**
 * The programs of a probe: which batch size each question gets, and which are kept for the next
 * one.
 */
export class ProbePrograms {
  private readonly kept = new Map<string, { bytes: number; ready: Promise<Ready> }>();
  private readonly limits: MemoryLimits;

  constructor(
    private readonly context: GpuContext,
    private readonly model: ResolvedModel,
    private readonly parameters: GPUBuffer,
  ) {
    this.limits = { buffer: bufferLimit(context.gpu.device), total: Infinity };
  }

  /** The most images to take through a forward pass at once. */
  largestForward(): number {
    return batchAside(this.model, this.options('forward', false), FORWARD_SIZES.at(-1)!, this.limits);
  }

  /**
   * Rows of the batch for a forward pass of n images, of which there are no more than `largest`.
   */
  forwardSize(n: number, largest: number): number {
    return Math.min(
      FORWARD_SIZES.find((size) => size >= n)!,
      largest,
    );
  }

  /**
   * Rows of the batch for the gradients of n images: rounded up where there is room.
   * @throws PlaygroundError if so many do not fit. They cannot be cut up: some layers look at all
   * of a batch.
   */
  backwardSize(n: number, training: boolean): number {
    const options = this.options('backward', training);
    const passes = (plan: Plan) => fitsLimits(plan, this.limits) && mostBytesRead(plan) <= this.limits.buffer;
    const sizes = [2 ** Math.ceil(Math.log2(n)), n];
    const size = sizes.find((batchSize) => passes(buildPlan(this.model, { ...options, batchSize })));
    if (size) return size;
    const most = largestBatch(this.model, options, n, passes);
    throw new PlaygroundError(`the gradients of ${n} images at once need more than this GPU allows in one buffer.`, {
      where: { field: 'images' },
      remedy: most > 0 ? `Give at most ${most} at a time.` : 'Make the network smaller: not even one image fits.',
    });
  }

  /**
   * A program, with memory for reading back what a question wants.
   * @throws PlaygroundError if there is none.
   */
  async get(
    depth: Depth,
    batchSize: number,
    training: boolean,
    wanted: Wanted,
  ): Promise<Ready & { read: TensorRef[] }> {
    const key = `${depth} ${batchSize} ${training}`;
    const known = this.kept.get(key) ?? this.create(this.options(depth, training), batchSize);
    // Least recently used first.
    this.kept.delete(key);
    this.kept.set(key, known);
    known.ready.catch(() => this.kept.delete(key));
    const ready = await known.ready;
    const read = wanted(ready.plan);
    await ready.program.reserve(read);
    return { ...ready, read };
  }

  /**
   * Lets go of what was not asked for lately, and of what is too large to be kept on the chance.
   */
  trim(): void {
    const bytes = () => [...this.kept.values()].reduce((sum, entry) => sum + entry.bytes, 0);
    while (this.kept.size > KEPT || bytes() > KEPT_BYTES) this.release(this.kept.keys().next().value!);
  }

  dispose(): void {
    for (const key of [...this.kept.keys()]) this.release(key);
  }

  private create(options: Omit<PlanOptions, 'batchSize'>, batchSize: number): { bytes: number; ready: Promise<Ready> } {
    const { gpu, pipelines } = this.context;
    const plan = buildPlan(this.model, { ...options, batchSize });
    const made = createProgram(gpu, pipelines, plan, { parameters: this.parameters });
    return { bytes: bytesBesideWeights(plan), ready: made.then((program) => ({ plan, program })) };
  }

  private release(key: string): void {
    // One that could not be made was reported to whoever asked for it, and holds nothing.
    void this.kept
      .get(key)
      ?.ready.then(({ program }) => program.dispose())
      .catch(() => {});
    this.kept.delete(key);
  }

  private options(depth: Depth, training: boolean): Omit<PlanOptions, 'batchSize'> {
    return { tuning: this.context.gpu.tuning, depth, training, inputGradient: true };
  }
}

/**
 * What a question reads of the batch: y of every layer, or y, dL/dy and dL/dx of every layer in
 * turn.
 */
export function readOf(depth: Depth, { layers }: Plan): TensorRef[] {
  return depth === 'forward' ? layers.map(({ y }) => y) : layers.flatMap(({ y, dy, dx }) => [y, dy, dx!]);
}

/** The gradients are read with all of the batch, and so may the weights be. */
function mostBytesRead(plan: Plan): number {
  const ofBatch = [...readOf('backward', plan), plan.losses].reduce((sum, { length }) => sum + length, 0);
  return 4 * (ofBatch + 2 * plan.parameters.length);
}
