import { at } from '../../at';
import { PlaygroundError } from '../../errors';
import type { TensorRef } from '../../plan/dispatch';
import { tensorOf, type Weights } from '../../model/initialize';
import { isTrainable } from '../../model/layer-kind';
import { sizeOf } from '../../model/shape';
import type { ResolvedModel } from '../../model/resolve';
import type { TrainSettings } from '../../model/settings';
import type { ParameterLayout } from '../../plan/parameters';
import { launchesOf, type KernelLaunch } from '../../plan/launches';
import { planTraining, stepDispatches } from '../../plan/plan';
import type { TrainingPlan } from '../../plan/plan-types';
import { MAX_STEPS_PER_SUBMIT, MOMENTS, RECORD_HEADER } from '../../plan/update';
import { bufferOf, createBuffers, type Arenas } from './arenas';
import type { GpuContext } from './gpu-context';
import { createProgram, type Program } from './program';
import type { BackwardResult, ForwardResult, ImagePass, Network, StepRequest, StepResult } from '../engine';
import { GpuProbe } from './gpu-probe';
import { evaluationChunk } from './evaluation-chunk';
import { evaluateOnGpu } from './gpu-evaluation';
import { orderBytes } from './plan-memory';
import { stepRecord } from './step-record';

/** Arenas in the layout of the parameters. */
type NamedArena = 'parameters' | 'gradients' | 'moment1' | 'moment2';

interface Training {
  plan: TrainingPlan;
  program: Program;
  order: GPUBuffer;
}

/** A network on the GPU. Calls take effect in the order in which they are made. */
export class GpuNetwork implements Network {
  readonly normSlots;
  readonly dispatchesPerStep: number;
  private readonly plan: TrainingPlan;
  private readonly probe: GpuProbe;
  private training: Promise<Training> | null = null;
  /** The images that the training program was bound to. */
  private boundTo: GpuContext['data'] = null;
  private order: Uint32Array = new Uint32Array(0);
  private evaluations: Promise<unknown> = Promise.resolve();
  private disposed = false;

  /** @param arenas parameters, gradients, moments and state, which live as long as the network */
  constructor(
    private readonly context: GpuContext,
    private readonly model: ResolvedModel,
    private readonly settings: TrainSettings,
    private readonly layout: ParameterLayout,
    private readonly arenas: Arenas,
  ) {
    const { batchSize, optimizer } = settings;
    this.plan = planTraining(model, { batchSize, tuning: context.gpu.tuning, optimizer: optimizer.kind });
    this.normSlots = this.plan.update.slots;
    this.dispatchesPerStep = stepDispatches(this.plan).length;
    this.probe = new GpuProbe(context, model, layout, bufferOf(arenas, 'parameters'), settings.seed);
  }

  /**
   * Compiles the kernels of a step, whether or not there is data yet, so that play starts at once.
   * Questions and evaluations use the same kernels, which do not depend on the batch size.
   * @throws PlaygroundError if one does not compile, or the network does not fit.
   */
  async prepare(): Promise<void> {
    await Promise.all(stepDispatches(this.plan).map((dispatch) => this.context.pipelines.get(dispatch)));
    if (this.context.data) await this.trainingProgram();
  }

  setOrder(indices: Uint32Array): void {
    const order = indices.slice();
    this.order = order;
    // A new data set may have more images than the program has room for. The program will be bound
    // again and takes the order then.
    if (this.boundTo !== this.context.data) return;
    // Write this order and not a later one, because the steps requested in between need it.
    void this.training?.then((training) => this.writeOrder(training.order, order)).catch(() => {});
  }

  async trainSteps(steps: readonly StepRequest[]): Promise<StepResult[]> {
    const { plan, program } = await this.trainingProgram();
    this.probe.requireAlive();
    const submits: Promise<StepResult[]>[] = [];
    for (let at = 0; at < steps.length; at += MAX_STEPS_PER_SUBMIT) {
      submits.push(this.submit(plan, program, steps.slice(at, at + MAX_STEPS_PER_SUBMIT)));
    }
    return (await Promise.all(submits)).flat();
  }

  async evaluate(
    set: 'train' | 'test',
    indices: Uint32Array,
    onProgress?: (share: number) => void,
  ): Promise<Float32Array> {
    this.probe.requireAlive();
    const rows = indices.slice();
    // Copy now, in the order of the queue, so that the answer is about the weights of exactly this
    // step.
    const snapshot = copyBuffer(this.context.gpu.device, bufferOf(this.arenas, 'parameters'), 'weights to evaluate');
    // Replaced images no longer exist on the GPU, so no later submit may use them.
    const { data } = this.context;
    const cancelled = () => this.disposed || this.context.data !== data;
    const chunk = evaluationChunk(this.model, this.context.gpu.tuning, rows.length);
    const run = () => evaluateOnGpu(this.context, this.model, snapshot, set, rows, chunk, cancelled, onProgress);
    const result = this.evaluations.then(run).finally(() => snapshot.destroy());
    this.evaluations = result.catch(() => {});
    return result;
  }

  forward(images: Float32Array): Promise<ForwardResult> {
    return this.probe.forward(images);
  }

  backward(images: Float32Array, labels: Uint8Array, training: boolean, step = 0): Promise<BackwardResult> {
    return this.probe.backward(images, labels, training, step);
  }

  async lookAt(image: Float32Array, label: number | null): Promise<ImagePass> {
    const { values, ...pass } = await this.probe.lookAt(image, label);
    return { ...pass, weights: this.named(values, 'parameters') };
  }

  kernelsOf(layer: string): KernelLaunch[] {
    return launchesOf(this.plan, layer);
  }

  getWeights(): Promise<Weights> {
    return this.readLayout('parameters');
  }

  getGradients(): Promise<Weights> {
    return this.readLayout('gradients');
  }

  getMoments(): Promise<Weights[]> {
    return Promise.all(this.moments.map((arena) => this.readLayout(arena)));
  }

  setWeights(weights: Weights, moments: readonly Weights[] = []): void {
    const { queue } = this.context.gpu.device;
    queue.writeBuffer(bufferOf(this.arenas, 'parameters'), 0, this.laidOut(weights, this.layout.length));
    for (const [arena, buffer] of Object.entries(this.arenas)) {
      if (arena !== 'parameters') queue.writeBuffer(buffer, 0, new Uint8Array(buffer.size));
    }
    moments.forEach((values, i) =>
      queue.writeBuffer(bufferOf(this.arenas, at(this.moments, i)), 0, this.laidOut(values, this.layout.trainable)),
    );
  }

  dispose(): void {
    this.disposed = true;
    this.releaseTraining();
    this.probe.dispose();
    for (const buffer of Object.values(this.arenas)) buffer.destroy();
  }

  private async submit(plan: TrainingPlan, program: Program, steps: readonly StepRequest[]): Promise<StepResult[]> {
    const { recordLength, metrics } = plan.update;
    const records = steps.map((step) => stepRecord(this.settings, step));
    const all = { ...metrics, length: steps.length * recordLength };
    const [values] = await program.submit(records, stepDispatches(plan), [all]);
    return steps.map(({ step }, i) => {
      const record = values.subarray(i * recordLength, (i + 1) * recordLength);
      const [loss, accuracy, halted] = [at(record, 0), at(record, 1), at(record, 2)];
      return { step, loss, accuracy, norms: record.slice(RECORD_HEADER), halted: halted !== 0 };
    });
  }

  /** The training step bound to the present images. A change of the data set binds it again. */
  private trainingProgram(): Promise<Training> {
    const { data } = this.context;
    if (!data)
      throw new PlaygroundError('there is no data to train on yet.', { remedy: 'Wait until the data set is loaded.' });
    if (!this.training || this.boundTo !== data) {
      this.releaseTraining();
      this.boundTo = data;
      this.training = this.createTraining(data);
    }
    return this.training;
  }

  private async createTraining(data: NonNullable<GpuContext['data']>): Promise<Training> {
    const { gpu, pipelines } = this.context;
    // Later orders are written when their turn comes.
    const first = this.order;
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
    const [order] = await createBuffers(gpu.device, [{ label: 'order', size: orderBytes(data.counts.train), usage }]);
    const shared = { ...this.arenas, order, images: data.train.images, labels: data.train.labels };
    const program = await createProgram(gpu, pipelines, this.plan, stepDispatches(this.plan), shared).catch(
      (error: unknown) => {
        order.destroy();
        throw error;
      },
    );
    this.writeOrder(order, first);
    return { plan: this.plan, program, order };
  }

  private releaseTraining() {
    const release = ({ program, order }: Training) => {
      program.dispose();
      order.destroy();
    };
    // A program that could not be created was reported to its caller and holds nothing.
    void this.training?.then(release, () => {});
    this.training = null;
  }

  private writeOrder(buffer: GPUBuffer, order: Uint32Array) {
    this.context.gpu.device.queue.writeBuffer(buffer, 0, order as Uint32Array<ArrayBuffer>);
  }

  private get moments() {
    return MOMENTS[this.settings.optimizer.kind];
  }

  /** @returns an arena of `length` elements; a short arena has places for trained tensors only. */
  private laidOut(values: Weights, length: number): Float32Array<ArrayBuffer> {
    const all = new Float32Array(length);
    for (const { layer, name, offset } of this.layout.tensors)
      if (offset < length) all.set(tensorOf(values, layer, name).data, offset);
    return all;
  }

  private async readLayout(arena: NamedArena): Promise<Weights> {
    const { length, trainable } = this.layout;
    const whole: TensorRef = { arena, offset: 0, length: arena.startsWith('moment') ? trainable : length };
    return this.named(await this.probe.read(this.arenas, whole), arena);
  }

  /** @param values the whole arena */
  private named(values: Float32Array, arena: NamedArena): Weights {
    const weights: Weights = {};
    for (const { layer, name, shape, offset, averageMomentum } of this.layout.tensors) {
      if (arena !== 'parameters' && !isTrainable({ averageMomentum })) continue;
      weights[layer] ??= {};
      weights[layer][name] = { shape: [...shape], data: values.slice(offset, offset + sizeOf(shape)) };
    }
    return weights;
  }
}

function copyBuffer(device: GPUDevice, source: GPUBuffer, label: string): GPUBuffer {
  const copy = device.createBuffer({
    label,
    size: source.size,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
  });
  const encoder = device.createCommandEncoder({ label });
  encoder.copyBufferToBuffer(source, 0, copy, 0, source.size);
  device.queue.submit([encoder.finish()]);
  return copy;
}
