import { at } from '../../at';
import { PlaygroundError, required } from '../../errors';
import type { TensorRef } from '../../plan/dispatch';
import type { Tensor } from '../../model/initialize';
import { scalePixels } from '../../model/input-scaling';
import { isTrainable } from '../../model/layer-kind';
import { sizeOf, type Shape } from '../../model/shape';
import type { ResolvedModel } from '../../model/resolve';
import type { ParameterLayout } from '../../plan/parameters';
import type { Arenas } from './arenas';
import { gradientDispatches, gradientTensors, ProbePrograms } from './probe-programs';
import { createReadBack } from './read-back';
import type { BackwardResult, ForwardResult, ImagePass } from '../engine';
import type { GpuContext } from './gpu-context';
import type { StepRecord } from './step-record';

/** Label of a row that is padding; see gather.wgsl. */
const PADDING = 0xffffffff;

/** How layers behave in a pass that computes gradients. */
interface PassMode {
  training: boolean;
  /** The step whose draws dropout uses. */
  step: number;
}

/**
 * Answers questions about given images with the present weights. It works beside the training and
 * does not affect it.
 */
export class GpuProbe {
  private readonly programs: ProbePrograms;
  private readonly readBack;
  /** Questions run one after the other, because they share the memory of the programs. */
  private queue: Promise<unknown> = Promise.resolve();
  private disposed = false;

  constructor(
    private readonly context: GpuContext,
    private readonly model: ResolvedModel,
    private readonly layout: ParameterLayout,
    parameters: GPUBuffer,
    private readonly seed: number,
  ) {
    this.readBack = createReadBack(context.gpu.device);
    this.programs = new ProbePrograms(context, model, parameters);
  }

  /** @param pixels [n, H, W, C] in 0..1 */
  forward(pixels: Float32Array): Promise<ForwardResult> {
    const imageSize = sizeOf(this.model.spec.input);
    const images = scalePixels(this.model.spec, pixels);
    return this.enqueue(async () => {
      const n = images.length / imageSize;
      const largest = this.programs.largestForward();
      const outputs = this.model.layers.map((layer) => emptyTensor(n, layer.outputShape));
      for (let from = 0; from < n; from += largest) {
        const count = Math.min(largest, n - from);
        const size = this.programs.forwardSize(count, largest);
        const { plan, program, read } = await this.whileAlive(() =>
          this.programs.forward(size, ({ layers }) => layers.map(({ y }) => rows(y, size, count))),
        );
        program.write(plan.input, images.subarray(from * imageSize, (from + count) * imageSize));
        const parts = await program.submit([this.step(count)], plan.forward, read);
        parts.forEach((part, i) => {
          const { outputShape } = at(this.model.layers, i);
          at(outputs, i).data.set(part, from * sizeOf(outputShape));
        });
      }
      return { outputs };
    });
  }

  /**
   * @param images [n, H, W, C] in 0..1
   * @param labels [n]
   * @param step step whose draws dropout uses
   */
  backward(images: Float32Array, labels: Uint8Array, training: boolean, step: number): Promise<BackwardResult> {
    return this.enqueue(async () => (await this.gradients(images, labels, { training, step })).result);
  }

  /**
   * Looks at one image, and reads all parameters in the same submit, so that no training step comes
   * between the two.
   * @param image [H, W, C] in 0..1
   */
  lookAt(image: Float32Array, label: number | null): Promise<Omit<ImagePass, 'weights'> & { values: Float32Array }> {
    const parameters: TensorRef = { arena: 'parameters', offset: 0, length: this.layout.length };
    return this.enqueue(async () => {
      if (label !== null) {
        const { result, more } = await this.gradients(image, Uint8Array.of(label), { training: false, step: 0 }, [
          parameters,
        ]);
        return { outputs: result.outputs, layers: result.layers, values: at(more, 0) };
      }
      const { plan, program, read } = await this.whileAlive(() =>
        this.programs.forward(1, ({ layers }) => [parameters, ...layers.map(({ y }) => y)]),
      );
      program.write(plan.input, scalePixels(this.model.spec, image));
      const [values, ...outputs] = await program.submit([this.step(1)], plan.forward, read);
      const tensors = this.model.layers.map(({ outputShape }, l) => ({
        shape: [1, ...outputShape],
        data: at(outputs, l),
      }));
      return { outputs: tensors, layers: null, values };
    });
  }

  /** @param more tensors to read in the same submit */
  private async gradients(
    images: Float32Array,
    labels: Uint8Array,
    { training, step }: PassMode,
    more: TensorRef[] = [],
  ) {
    const n = labels.length;
    const size = this.programs.backwardSize(n, training);
    const all: TensorRef = { arena: 'gradients', offset: 0, length: this.layout.length };
    const { plan, program, read } = await this.whileAlive(() =>
      this.programs.backward(size, training, (one) => [
        one.losses,
        all,
        ...more,
        ...gradientTensors(one).map((tensor) => rows(tensor, size, n)),
      ]),
    );
    const padded = new Float32Array(plan.input.length);
    padded.set(scalePixels(this.model.spec, images));
    program.write(plan.input, padded);
    program.write(
      plan.labels,
      Uint32Array.from({ length: size }, (_, i) => labels[i] ?? PADDING),
    );
    const launches = gradientDispatches(plan);
    const [losses, gradients, ...values] = await program.submit([this.step(n, step)], launches, read);
    return {
      result: this.assemble(n, losses, gradients, values.slice(more.length)),
      more: values.slice(0, more.length),
    };
  }

  /** Reads a tensor of given arenas in the order of the queue of the GPU. */
  async read(arenas: Arenas, tensor: TensorRef): Promise<Float32Array> {
    this.requireAlive();
    const { device } = this.context.gpu;
    const encoder = device.createCommandEncoder({ label: 'read' });
    const finish = this.readBack.encode(encoder, arenas, [tensor]);
    device.queue.submit([encoder.finish()]);
    return (await finish())[0];
  }

  /**
   * @throws PlaygroundError after the network was disposed, because a submit on its buffers would
   * count as a failure of the device.
   */
  requireAlive(): void {
    if (this.disposed) throw new PlaygroundError('the network was replaced meanwhile.', { remedy: 'Ask again.' });
  }

  dispose(): void {
    this.disposed = true;
    this.programs.dispose();
    this.readBack.dispose();
  }

  /** @param values y, dL/dy and dL/dx of every layer, in turn */
  private assemble(
    n: number,
    losses: Float32Array,
    gradients: Float32Array,
    values: Float32Array<ArrayBuffer>[],
  ): BackwardResult {
    let loss = 0;
    for (let i = 0; i < n; i++) loss += at(losses, 2 * i) / n;
    const tensor = (shape: Shape, data: Float32Array): Tensor => ({
      shape: [n, ...shape],
      data: data,
    });
    const outputs = this.model.layers.map((layer, l) => tensor(layer.outputShape, at(values, 3 * l)));
    const layers = this.model.layers.map((layer, l) => {
      const own: BackwardResult['layers'][number] = {
        output: tensor(layer.outputShape, at(values, 3 * l + 1)),
        input: tensor(layer.inputShape, at(values, 3 * l + 2)),
      };
      for (const { name, shape, offset, length } of this.layout.tensors.filter(
        (one) => one.layer === layer.id && isTrainable(one),
      )) {
        own[name] = { shape: [...shape], data: gradients.slice(offset, offset + length) };
      }
      return own;
    });
    return { loss, logits: required(outputs.at(-1), 'last layer'), outputs, layers };
  }

  /** Nothing may be awaited between its answer and the submit. */
  private async whileAlive<R>(find: () => Promise<R>): Promise<R> {
    this.requireAlive();
    const ready = await find();
    this.requireAlive();
    return ready;
  }

  /**
   * @param number step whose draws dropout uses; it is the same by default, so that a question gets
   * the same answer each time
   */
  private step(count: number, number = 0): StepRecord {
    if (!Number.isInteger(count) || count < 1)
      throw new PlaygroundError(`a batch of ${count} images cannot be computed.`);
    return { count, number, seed: this.seed };
  }

  private enqueue<R>(job: () => Promise<R>): Promise<R> {
    const result = this.queue.then(job);
    this.queue = result.catch(() => {}).finally(() => this.programs.trim());
    return result;
  }
}

/** The first `count` of `size` rows of a batch tensor. */
function rows(tensor: TensorRef, size: number, count: number): TensorRef {
  return { ...tensor, length: (tensor.length / size) * count };
}

function emptyTensor(n: number, shape: Shape): Tensor {
  return { shape: [n, ...shape], data: new Float32Array(n * sizeOf(shape)) };
}
