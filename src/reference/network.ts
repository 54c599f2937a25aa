import { sizeOf, type WeightSpec } from '../model/layer-kind';
import type { Weights } from '../model/initialize';
import type { ResolvedLayer, ResolvedModel } from '../model/resolve';
import type { BackwardPass } from './layer-math';
import { mathOf } from './layers';
import { softmaxCrossEntropy, type LossResult } from './loss';
import { float32, type Numbers, type NumbersOf } from './numbers';
import { Scratch } from './scratch';

/** Trainable tensors of one layer, or their gradients. */
export type LayerTensors<T extends Numbers> = Partial<Record<WeightSpec['name'], T>>;

/** One layer of a network at work. Buffers of the batch may be longer than the last batch filled. */
export interface LayerState<T extends Numbers> {
  layer: ResolvedLayer;
  weights: LayerTensors<T>;
  /** dL/d(weight), dL/d(bias) of the last backward pass. */
  gradients: LayerTensors<T>;
  /** [batch, ...outputShape] */
  output: T;
  /** dL/d(output), [batch, ...outputShape]; dL/d(input) of the next layer. */
  outputGradient: T;
}

/**
 * A whole network in plain TypeScript, in float32 or float64: the oracle of the shaders, the base of the gradient check, and
 * the way to train without a GPU. Buffers grow to the largest batch seen and are then reused.
 */
export class ReferenceNetwork<T extends Numbers> {
  readonly layers: LayerState<T>[];
  /** dL/d(input of the network), [batch, H, W, C]; written by `backward` on demand. */
  inputGradient: T;
  private readonly scratch = new Scratch();
  private capacity = 0;

  /** @param weights tensors to work on as they are, without copying: networks can share them. Left out: zeros. */
  constructor(
    readonly model: ResolvedModel,
    private readonly create: NumbersOf<T>,
    weights?: readonly LayerTensors<T>[],
  ) {
    this.inputGradient = create(0);
    this.layers = model.layers.map((layer, l) => ({
      layer,
      weights: weights?.[l] ?? tensorsOf(layer, create),
      gradients: tensorsOf(layer, create),
      output: create(0),
      outputGradient: create(0),
    }));
  }

  /** Copies weights in; shapes must fit. */
  setWeights(weights: Weights): void {
    for (const state of this.layers) {
      for (const { name } of state.layer.weights) state.weights[name]!.set(weights[state.layer.id][name]!.data);
    }
  }

  /** A copy of the weights as the scripting console hands them out. */
  getWeights(): Weights {
    return this.named((state) => state.weights);
  }

  /** A copy of the gradients of the last backward pass. */
  getGradients(): Weights {
    return this.named((state) => state.gradients);
  }

  /** Logits of the last forward pass, [batch, classes]. */
  get logits(): T {
    return this.layers[this.layers.length - 1].output;
  }

  /**
   * Computes the outputs of all layers from `first` on; those before keep what they have.
   * @param input [batch, H, W, C], the input of the network (not of layer `first`)
   */
  forward(input: T, batch: number, first = 0): void {
    this.reserve(batch);
    for (let l = first; l < this.layers.length; l++) mathOf(this.layers[l].layer.spec.kind).forward(this.pass(l, input, batch));
  }

  /** Mean cross-entropy of the last forward pass; also writes dL/d(logits). */
  loss(labels: Uint8Array, batch: number): LossResult {
    const { output, outputGradient } = this.layers[this.layers.length - 1];
    return softmaxCrossEntropy(output, labels, batch, this.model.classes, outputGradient);
  }

  /**
   * Forward pass, loss of the mean over the batch, and all gradients.
   * @param input [batch, H, W, C]
   * @param wantInputGradient whether dL/d(input of the network) is needed too; training does not.
   * @throws PlaygroundError if a label is not one of the classes.
   */
  backward(input: T, labels: Uint8Array, batch: number, wantInputGradient = false): LossResult {
    this.forward(input, batch);
    const result = this.loss(labels, batch);
    const inputLength = batch * sizeOf(this.model.spec.input);
    if (wantInputGradient && this.inputGradient.length < inputLength) this.inputGradient = this.create(inputLength);
    for (let l = this.layers.length - 1; l >= 0; l--) {
      const pass = this.pass(l, input, batch);
      if (l === 0 && !wantInputGradient) pass.inputGradient = undefined;
      mathOf(this.layers[l].layer.spec.kind).backward(pass);
    }
    return result;
  }

  /** Writes the discrete decisions of layer `l` in the last forward pass, see `LayerMath.choices`. */
  choices(l: number, input: T, batch: number, into: Int32Array): void {
    mathOf(this.layers[l].layer.spec.kind).choices?.(this.pass(l, input, batch), into);
  }

  private pass(l: number, input: T, batch: number): BackwardPass {
    const { layer, weights, gradients, output, outputGradient } = this.layers[l];
    return {
      spec: layer.spec,
      inputShape: layer.inputShape,
      outputShape: layer.outputShape,
      batch,
      input: l === 0 ? input : this.layers[l - 1].output,
      output,
      weight: weights.weight,
      bias: weights.bias,
      scratch: this.scratch,
      outputGradient,
      inputGradient: l === 0 ? this.inputGradient : this.layers[l - 1].outputGradient,
      weightGradient: gradients.weight,
      biasGradient: gradients.bias,
    };
  }

  private reserve(batch: number): void {
    if (batch <= this.capacity) return;
    this.capacity = batch;
    for (const state of this.layers) {
      state.output = this.create(batch * sizeOf(state.layer.outputShape));
      state.outputGradient = this.create(batch * sizeOf(state.layer.outputShape));
    }
  }

  private named(tensors: (state: LayerState<T>) => LayerTensors<T>): Weights {
    const result: Weights = {};
    for (const state of this.layers) {
      for (const { name, shape } of state.layer.weights) {
        const data = float32(sizeOf(shape));
        data.set(tensors(state)[name]!);
        (result[state.layer.id] ??= {})[name] = { shape: [...shape], data };
      }
    }
    return result;
  }
}

function tensorsOf<T extends Numbers>(layer: ResolvedLayer, create: NumbersOf<T>): LayerTensors<T> {
  return Object.fromEntries(layer.weights.map(({ name, shape }) => [name, create(sizeOf(shape))])) as LayerTensors<T>;
}
