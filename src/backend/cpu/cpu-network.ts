import { at, last } from '../../at';
import type { Dataset } from '../../data/dataset';
import { PlaygroundError, required } from '../../errors';
import { tensorOf, type Tensor, type Weights } from '../../model/initialize';
import { scalePixels } from '../../model/input-scaling';
import { isTrainable } from '../../model/layer-kind';
import { sizeOf, type Shape, type WeightName } from '../../model/shape';
import type { ResolvedModel } from '../../model/resolve';
import type { TrainSettings } from '../../model/settings';
import { ReferenceNetwork, type LayerTensors } from '../../reference/network';
import { float32 } from '../../reference/numbers';
import { createOptimizer, type Optimizer } from '../../reference/optimizers';
import type { KernelLaunch } from '../../plan/launches';
import type { BackwardResult, ForwardResult, ImagePass, Network, StepRequest, StepResult } from '../engine';
import { addL2, clipScale, gradientNorms, updateAverages } from './cpu-update';
import { PUMP } from '../../pace';
import { createBreather, yieldToEventLoop } from './event-loop';
import { gatherImages } from './gather-images';
import { normSlots } from '../../model/norm-slots';

type Float32Network = ReferenceNetwork<Float32Array>;

/** Multiply-adds of one chunk of an evaluation: about 10 ms of work. */
const EVALUATION_CHUNK = 2e7;

/**
 * A network on the reference. Calls that must see the weights in the order of the calls (training,
 * forward, setWeights, ...) go through one queue. An evaluation copies the weights when its turn
 * comes, and then runs beside the training.
 */
export class CpuNetwork implements Network {
  readonly normSlots;
  readonly dispatchesPerStep = 0;
  private readonly network: Float32Network;
  /** Made at the first question, because training does without it. */
  private questioned: Float32Network | null = null;
  private readonly optimizer: Optimizer<Float32Array>;
  /** Trained tensors, in the order that the optimizer uses. */
  private readonly trained: { layer: string; name: WeightName; shape: Shape }[];
  private order: Uint32Array = new Uint32Array(0);
  private batch = { images: new Float32Array(0), labels: new Uint8Array(0) };
  private queue: Promise<unknown> = Promise.resolve();
  /**
   * All calls share one breather. Each call may be too short to yield, and without a break nothing
   * else would ever get its turn.
   */
  private readonly breathe = createBreather(PUMP.cpuTurnMs);
  private halted = false;
  private disposed = false;

  constructor(
    private readonly model: ResolvedModel,
    weights: Weights,
    private readonly settings: TrainSettings,
    private readonly dataset: () => Dataset | null,
  ) {
    this.normSlots = normSlots(model);
    this.network = new ReferenceNetwork(model, float32);
    this.network.setWeights(weights);
    const tensors = (key: 'weights' | 'gradients') =>
      this.network.layers.flatMap((state) =>
        state.layer.weights
          .filter(isTrainable)
          .map(({ name }) => required(state[key][name], `${name} of ${state.layer.id}`)),
      );
    this.trained = model.layers.flatMap(({ id, weights }) =>
      weights.filter(isTrainable).map(({ name, shape }) => ({ layer: id, name, shape })),
    );
    this.optimizer = createOptimizer(settings.optimizer, tensors('weights'), tensors('gradients'), float32);
  }

  setOrder(indices: Uint32Array): void {
    this.order = indices.slice();
  }

  trainSteps(steps: readonly StepRequest[]): Promise<StepResult[]> {
    const order = this.order;
    const dataset = this.dataset();
    return this.enqueue(async () => {
      const results: StepResult[] = [];
      for (const step of steps) {
        if (this.disposed) break;
        results.push(this.trainStep(step, dataset, order));
        await this.breathe();
      }
      return results;
    });
  }

  async evaluate(
    set: 'train' | 'test',
    indices: Uint32Array,
    onProgress?: (share: number) => void,
  ): Promise<Float32Array> {
    const rows = indices.slice();
    const dataset = this.dataset();
    const snapshot = await this.enqueue(() => this.sharing(this.network.layers.map(({ weights }) => copyOf(weights))));
    const { classes, multiplyAdds } = this.model;
    const chunk = Math.max(1, Math.min(256, Math.floor(EVALUATION_CHUNK / (multiplyAdds + 1))));
    const { spec } = this.model;
    const images = new Float32Array(Math.min(chunk, rows.length) * sizeOf(spec.input));
    const logits = new Float32Array(rows.length * classes);
    for (let from = 0; from < rows.length && !this.disposed; from += chunk) {
      const count = Math.min(chunk, rows.length - from);
      gatherImages(dataset, set, spec, rows, from, count, { images });
      snapshot.forward(images, count);
      logits.set(snapshot.logits.subarray(0, count * classes), from * classes);
      onProgress?.((from + count) / rows.length);
      await yieldToEventLoop();
    }
    return logits;
  }

  forward(images: Float32Array): Promise<ForwardResult> {
    return this.enqueue(() => ({ outputs: this.outputsFor(images) }));
  }

  backward(images: Float32Array, labels: Uint8Array, training: boolean, step = 0): Promise<BackwardResult> {
    return this.enqueue(() => this.gradientsFor(images, labels, training, step));
  }

  lookAt(image: Float32Array, label: number | null): Promise<ImagePass> {
    return this.enqueue(() => {
      const weights = this.network.getWeights();
      if (label === null) return { outputs: this.outputsFor(image), layers: null, weights };
      const { outputs, layers } = this.gradientsFor(image, Uint8Array.of(label), false, 0);
      return { outputs, layers, weights };
    });
  }

  kernelsOf(): KernelLaunch[] {
    return [];
  }

  getWeights(): Promise<Weights> {
    return this.enqueue(() => this.network.getWeights());
  }

  getGradients(): Promise<Weights> {
    return this.enqueue(() => this.network.getGradients());
  }

  getMoments(): Promise<Weights[]> {
    return this.enqueue(() =>
      this.optimizer.moments.map((arrays) => {
        const moment: Weights = {};
        this.trained.forEach(({ layer, name, shape }, i) => {
          moment[layer] = { ...moment[layer], [name]: { shape: [...shape], data: at(arrays, i).slice() } };
        });
        return moment;
      }),
    );
  }

  setWeights(weights: Weights, moments: readonly Weights[] = []): void {
    const copy = structuredClone({ weights, moments });
    void this.enqueue(() => {
      this.network.setWeights(copy.weights);
      this.optimizer.reset();
      copy.moments.forEach((moment, number) => {
        const arrays = at(this.optimizer.moments, number);
        this.trained.forEach(({ layer, name }, i) => at(arrays, i).set(tensorOf(moment, layer, name).data));
      });
      this.halted = false;
    });
  }

  dispose(): void {
    this.disposed = true;
  }

  /** Runs one training step. A step that is not finite is not applied, nor are later steps. */
  private trainStep(
    { step, offset, count, learningRate }: StepRequest,
    dataset: Dataset | null,
    order: Uint32Array,
  ): StepResult {
    const { spec } = this.model;
    const { seed, l2, globalClipnorm } = this.settings;
    if (this.batch.labels.length < count) {
      this.batch = { images: new Float32Array(count * sizeOf(spec.input)), labels: new Uint8Array(count) };
    }
    gatherImages(dataset, 'train', spec, order, offset, count, this.batch);
    this.network.mode = { training: true, seed, step };
    const { loss, accuracy } = this.network.backward(this.batch.images, this.batch.labels, count);
    addL2(this.network, l2);
    const norms = gradientNorms(this.network, this.normSlots, count);
    if (!Number.isFinite(loss) || !norms.every(Number.isFinite)) this.halted = true;
    if (!this.halted) {
      this.optimizer.update(step, learningRate, clipScale(norms, this.normSlots, globalClipnorm));
      updateAverages(this.network);
    }
    return { step, loss, accuracy, norms, halted: this.halted };
  }

  private outputsFor(images: Float32Array): Tensor[] {
    const count = this.countOf(images);
    this.probe.mode = { training: false, seed: 0, step: 0 };
    this.probe.forward(scalePixels(this.model.spec, images), count);
    return this.outputs(count);
  }

  private gradientsFor(images: Float32Array, labels: Uint8Array, training: boolean, step: number): BackwardResult {
    const count = this.countOf(images);
    this.probe.mode = { training, seed: this.settings.seed, step };
    const { loss } = this.probe.backward(scalePixels(this.model.spec, images), labels, count, true);
    const outputs = this.outputs(count);
    const gradients = this.probe.getGradients();
    const layers = this.probe.layers.map(({ layer, outputGradient }, l) => {
      const inputGradient = l === 0 ? this.probe.inputGradient : at(this.probe.layers, l - 1).nextInputGradient;
      const output = batchTensor(outputGradient, count, layer.outputShape);
      return { output, input: batchTensor(inputGradient, count, layer.inputShape), ...gradients[layer.id] };
    });
    return { loss, logits: last(outputs), outputs, layers };
  }

  private outputs(count: number): Tensor[] {
    return this.probe.layers.map(({ layer, output }) => batchTensor(output, count, layer.outputShape));
  }

  private countOf(images: Float32Array): number {
    const { input } = this.model.spec;
    const count = images.length / sizeOf(input);
    if (Number.isInteger(count) && count > 0) return count;
    throw new PlaygroundError(`${images.length} numbers are not a whole number of ${input.join(' x ')} images.`, {
      where: { field: 'images' },
      remedy: `Give ${sizeOf(input)} numbers for each image.`,
    });
  }

  /**
   * Shares the weights but has its own activations and gradients, so that `forward` and `backward`
   * do not overwrite the ones of the last training step.
   */
  private get probe(): Float32Network {
    return (this.questioned ??= this.sharing(this.network.layers.map(({ weights }) => weights)));
  }

  private sharing(weights: LayerTensors<Float32Array>[]): Float32Network {
    return new ReferenceNetwork(this.model, float32, weights);
  }

  private enqueue<R>(job: () => R | Promise<R>): Promise<R> {
    const result = this.queue.then(job);
    // The caller gets the failure, and the later jobs still run.
    this.queue = result.catch(() => {});
    return result;
  }
}

function copyOf(weights: LayerTensors<Float32Array>): LayerTensors<Float32Array> {
  return Object.fromEntries(Object.entries(weights).map(([name, data]) => [name, data.slice()]));
}

/** @param data [capacity, ...shape], of which the first `count` rows are used. */
function batchTensor(data: Float32Array, count: number, shape: Shape): Tensor {
  return { shape: [count, ...shape], data: data.slice(0, count * sizeOf(shape)) };
}
