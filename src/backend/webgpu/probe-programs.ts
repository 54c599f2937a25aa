import { PlaygroundError, required } from '../../errors';
import type { ResolvedModel } from '../../model/resolve';
import type { Dispatch, TensorRef } from '../../plan/dispatch';
import { planForward, planGradients } from '../../plan/plan';
import type { ForwardPlan, GradientPlan, LookOptions } from '../../plan/plan-types';
import { largestBatch } from '../estimate';
import { bufferLimit } from './device';
import type { GpuContext } from './gpu-context';
import { batchAside, bytesBesideWeights, fitsBuffers } from './plan-memory';
import { createProgram, type Program } from './program';

/** A program with the plan that it runs. */
interface Ready<P> {
  plan: P;
  program: Program;
}

/** A ready program with the tensors that a question reads back. */
export interface Readable<P, T extends readonly TensorRef[]> extends Ready<P> {
  read: T;
}

/** A program that is kept for the next question. */
interface Kept<P> {
  bytes: number;
  ready: Promise<Ready<P>>;
  /** Removes the program from the place where questions find it. */
  forget(): void;
}

/**
 * Batches are rounded up to one of these sizes, so that only few programs are created. A larger
 * forward batch is cut into pieces.
 */
const FORWARD_SIZES = [1, 16, 256] as const;
const LARGEST_FORWARD = FORWARD_SIZES[2];
/** The most programs to keep for the next question, and the most bytes that they hold together. */
const KEPT = 4;
const KEPT_BYTES = 256 * 2 ** 20;

/**
 * The programs of a probe. Decides which batch size each question gets, and which programs are kept
 * for the next question.
 */
export class ProbePrograms {
  private readonly forwards = new Map<string, Kept<ForwardPlan>>();
  private readonly gradients = new Map<string, Kept<GradientPlan>>();
  /** All kept programs, the least recently used first. */
  private readonly kept = new Set<Kept<ForwardPlan>>();
  /** Bytes of the largest buffer. */
  private readonly limit: number;

  constructor(
    private readonly context: GpuContext,
    private readonly model: ResolvedModel,
    private readonly parameters: GPUBuffer,
  ) {
    this.limit = bufferLimit(context.gpu.device);
  }

  /** The most images to take through a forward pass at once. */
  largestForward(): number {
    const { tuning } = this.context.gpu;
    return batchAside(this.model, { tuning, training: false }, LARGEST_FORWARD, this.limit);
  }

  /**
   * Rows of the batch for a forward pass of n images, where n is at most `largest`.
   */
  forwardSize(n: number, largest: number): number {
    return Math.min(FORWARD_SIZES.find((size) => size >= n) ?? LARGEST_FORWARD, largest);
  }

  /**
   * Rows of the batch for the gradients of n images, rounded up if there is room.
   * @throws PlaygroundError if n images do not fit. The batch cannot be cut into pieces, because
   * some layers look at the whole batch.
   */
  backwardSize(n: number, training: boolean): number {
    const passes = (batchSize: number) => {
      const plan = planGradients(this.model, this.options(batchSize, training));
      return fitsBuffers(plan, this.limit) && mostBytesRead(plan) <= this.limit;
    };
    const size = [2 ** Math.ceil(Math.log2(n)), n].find(passes);
    if (size) return size;
    const most = largestBatch(n, passes);
    throw new PlaygroundError(`the gradients of ${n} images at once need more than this GPU allows in one buffer.`, {
      where: { field: 'images' },
      remedy: most > 0 ? `Give at most ${most} at a time.` : 'Make the network smaller: not even one image fits.',
    });
  }

  /**
   * A program that computes outputs, with memory for reading back the wanted tensors.
   * @throws PlaygroundError if there is no memory for it.
   */
  forward<const T extends readonly TensorRef[]>(
    batchSize: number,
    wanted: (plan: ForwardPlan) => T,
  ): Promise<Readable<ForwardPlan, T>> {
    const make = () => planForward(this.model, this.options(batchSize, false));
    return this.find(this.forwards, String(batchSize), make, ({ forward }) => forward, wanted);
  }

  /** The same for gradients. @param training whether layers behave as in a training step */
  backward<const T extends readonly TensorRef[]>(
    batchSize: number,
    training: boolean,
    wanted: (plan: GradientPlan) => T,
  ): Promise<Readable<GradientPlan, T>> {
    const make = () => planGradients(this.model, this.options(batchSize, training));
    return this.find(this.gradients, `${batchSize} ${training}`, make, gradientDispatches, wanted);
  }

  /**
   * Drops programs that were not used lately, and programs that are too large to keep.
   */
  trim(): void {
    const bytes = () => [...this.kept].reduce((sum, entry) => sum + entry.bytes, 0);
    while (this.kept.size > KEPT || bytes() > KEPT_BYTES) {
      const [oldest] = this.kept;
      this.release(required(oldest, 'program to let go of'));
    }
  }

  dispose(): void {
    for (const entry of [...this.kept]) this.release(entry);
  }

  private async find<P extends ForwardPlan, T extends readonly TensorRef[]>(
    known: Map<string, Kept<P>>,
    key: string,
    make: () => P,
    dispatchesOf: (plan: P) => Dispatch[],
    wanted: (plan: P) => T,
  ): Promise<Readable<P, T>> {
    const entry = known.get(key) ?? this.create(make(), dispatchesOf, () => known.delete(key));
    known.set(key, entry);
    // The set keeps the least recently used program first.
    this.kept.delete(entry);
    this.kept.add(entry);
    entry.ready.catch(() => this.drop(entry));
    const ready = await entry.ready;
    const read = wanted(ready.plan);
    await ready.program.reserve(read);
    return { ...ready, read };
  }

  private create<P extends ForwardPlan>(plan: P, dispatchesOf: (plan: P) => Dispatch[], forget: () => void): Kept<P> {
    const { gpu, pipelines } = this.context;
    const made = createProgram(gpu, pipelines, plan, dispatchesOf(plan), { parameters: this.parameters });
    return { bytes: bytesBesideWeights(plan), ready: made.then((program) => ({ plan, program })), forget };
  }

  private drop(entry: Kept<ForwardPlan>): void {
    this.kept.delete(entry);
    entry.forget();
  }

  private release(entry: Kept<ForwardPlan>): void {
    // A program that could not be created was reported to its caller and holds nothing.
    void entry.ready.then(({ program }) => program.dispose()).catch(() => {});
    this.drop(entry);
  }

  private options(batchSize: number, training: boolean): LookOptions {
    return { batchSize, tuning: this.context.gpu.tuning, training };
  }
}

/** The launches that compute all gradients of a batch. */
export function gradientDispatches({ forward, backward, finish }: GradientPlan): Dispatch[] {
  return [...forward, ...backward, finish];
}

/**
 * y, dL/dy and dL/dx of every layer, in turn. A question about gradients reads these of the batch.
 */
export function gradientTensors({ layers }: GradientPlan): TensorRef[] {
  return layers.flatMap(({ y, dy, dx }) => [y, dy, dx]);
}

/** A question reads the gradients together with all tensors of the batch, and may read weights. */
function mostBytesRead(plan: GradientPlan): number {
  const ofBatch = [...gradientTensors(plan), plan.losses].reduce((sum, { length }) => sum + length, 0);
  return 4 * (ofBatch + 2 * plan.parameters.length);
}
