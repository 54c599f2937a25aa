import { at, last } from '../at';
import { required } from '../errors';
import { needsPreactivation } from '../model/activations';
import { isTrainable } from '../model/layer-kind';
import { sizeOf, type WeightName } from '../model/shape';
import { tensorOf, type Weights } from '../model/initialize';
import { activationOf, type ResolvedLayer, type ResolvedModel } from '../model/resolve';
import { kindOf } from '../model/spec';
import type { BackwardPass, Mode } from './layer-math';
import { mathOf } from './layers';
import { softmaxCrossEntropy, type LossResult } from './loss';
import { float32, type Numbers, type NumbersOf } from './numbers';
import { Scratch } from './scratch';

/** The tensors of one layer, or their gradients. */
export type LayerTensors<T extends Numbers> = Partial<Record<WeightName, T>>;

/**
 * The tensors of one layer while the network runs. Buffers of the batch may be longer than the last
 * batch filled.
 */
export interface LayerState<T extends Numbers> {
  layer: ResolvedLayer;
  weights: LayerTensors<T>;
  /**
   * The gradients of the last backward pass. For a running average it is not a gradient, but the
   * batch's value in the last training pass.
   */
  gradients: LayerTensors<T>;
  /** [batch, ...outputShape] */
  output: T;
  /** The values before the activation, if its derivative needs them. */
  preactivation: T | undefined;
  /** dL/d(output), [batch, ...outputShape]. */
  outputGradient: T;
  /**
   * dL/d(input) of the next layer: it is `outputGradient` itself, unless a skip connection branches
   * off here too.
   */
  nextInputGradient: T;
}

/**
 * A whole network in plain TypeScript, in float32 or float64. It is the oracle of the shaders, the
 * base of the gradient check, and the way to train without a GPU. Buffers grow to the largest batch
 * seen and are then reused.
 */
export class ReferenceNetwork<T extends Numbers> {
  readonly layers: LayerState<T>[];
  /** dL/d(input of the network), [batch, H, W, C]; `backward` writes it on demand. */
  inputGradient: T;
  /** How the layers behave in the next passes. */
  mode: Mode = { training: false, seed: 0, step: 0 };
  /** For each layer that skip connections branch off from: the layers that take them, by index. */
  private readonly branches = new Map<number, number[]>();
  private readonly scratch = new Scratch();
  private capacity = 0;

  /**
   * @param weights tensors to work on without copying them, so that networks can share them. Left
   * out: zeros.
   */
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
      preactivation: undefined,
      outputGradient: create(0),
      nextInputGradient: create(0),
    }));
    model.layers.forEach(({ skipFrom }, l) => {
      if (skipFrom !== undefined) this.branches.set(skipFrom, [...(this.branches.get(skipFrom) ?? []), l]);
    });
  }

  /** Bytes of all arrays that it holds. */
  get bytes(): number {
    const arrays = this.layers.flatMap((state) => [
      ...Object.values(state.weights),
      ...Object.values(state.gradients),
      ...[state.output, state.preactivation, state.outputGradient, state.nextInputGradient],
    ]);
    const different = new Set([...arrays, this.inputGradient]);
    return [...different].reduce((sum, array) => sum + (array?.byteLength ?? 0), this.scratch.bytes);
  }

  /** Copies weights in; shapes must fit. */
  setWeights(weights: Weights): void {
    for (const state of this.layers) {
      const { id, weights: specs } = state.layer;
      for (const { name } of specs) required(state.weights[name], name).set(tensorOf(weights, id, name).data);
    }
  }

  /** Returns a copy of the weights, in the form of the scripting console. */
  getWeights(): Weights {
    return this.named((state) => state.weights, false);
  }

  /** Returns a copy of the gradients of the last backward pass; running averages have none. */
  getGradients(): Weights {
    return this.named((state) => state.gradients, true);
  }

  /** Logits of the last forward pass, [batch, classes]. */
  get logits(): T {
    return last(this.layers).output;
  }

  /**
   * Computes the outputs of all layers from `first` on; earlier layers keep theirs.
   * @param input [batch, H, W, C], the input of the network (not of layer `first`)
   * @param firstInput input for layer `first` alone, in place of the real one; skip connections
   * from there keep the real value
   */
  forward(input: T, batch: number, first = 0, firstInput?: T): void {
    this.reserve(batch);
    for (let l = first; l < this.layers.length; l++) {
      const pass = this.pass(l, input, batch, l === first ? firstInput : undefined);
      mathOf(pass.spec.kind).forward(pass);
    }
  }

  /** Returns the mean cross-entropy of the last forward pass, and writes dL/d(logits). */
  loss(labels: Uint8Array, batch: number): LossResult {
    const { output, outputGradient } = last(this.layers);
    return softmaxCrossEntropy(output, labels, batch, this.model.classes, outputGradient);
  }

  /**
   * Runs the forward pass, the loss of the mean over the batch, and the backward pass for all
   * gradients.
   * @param input [batch, H, W, C]
   * @param wantInputGradient whether to compute dL/d(input of the network) too; training does not
   * need it
   * @throws PlaygroundError if a label is not one of the classes.
   */
  backward(input: T, labels: Uint8Array, batch: number, wantInputGradient = false): LossResult {
    this.forward(input, batch);
    const result = this.loss(labels, batch);
    const inputLength = batch * sizeOf(this.model.spec.input);
    if (wantInputGradient && this.inputGradient.length < inputLength) this.inputGradient = this.create(inputLength);
    for (let l = this.layers.length - 1; l >= 0; l--) {
      this.addUpBranches(l, batch);
      const pass = this.pass(l, input, batch);
      if (l === 0 && !wantInputGradient) pass.inputGradient = undefined;
      mathOf(pass.spec.kind).backward(pass);
    }
    return result;
  }

  /**
   * Writes the discrete decisions of layer `l` in the last forward pass, see `LayerMath.choices`.
   * @param ownInput the input that this pass gave the layer in place of the real one
   */
  choices(l: number, input: T, batch: number, into: Int32Array, ownInput?: T): void {
    const pass = this.pass(l, input, batch, ownInput);
    mathOf(pass.spec.kind).choices?.(pass, into);
  }

  /** Adds up dL/d(output) of a layer that several others read: the sum of what each passes back. */
  private addUpBranches(l: number, batch: number): void {
    const { layer, outputGradient, nextInputGradient } = at(this.layers, l);
    const takers = this.branches.get(l) ?? [];
    if (takers.length === 0) return;
    outputGradient.set(nextInputGradient);
    for (const taker of takers) {
      const more = at(this.layers, taker).outputGradient;
      for (let i = 0; i < batch * sizeOf(layer.outputShape); i++)
        outputGradient[i] = (outputGradient[i] ?? NaN) + (more[i] ?? NaN);
    }
  }

  private pass(l: number, input: T, batch: number, ownInput?: T): BackwardPass {
    const { layer, weights, gradients, output, preactivation, outputGradient } = at(this.layers, l);
    const before = l === 0 ? undefined : at(this.layers, l - 1);
    const gradientsByName = Object.fromEntries(
      Object.entries(gradients).map(([name, tensor]) => [`${name}Gradient`, tensor]),
    );
    return {
      ...weights,
      ...gradientsByName,
      spec: layer.spec,
      inputShape: layer.inputShape,
      outputShape: layer.outputShape,
      batch,
      mode: this.mode,
      index: l,
      input: ownInput ?? before?.output ?? input,
      skip: layer.skipFrom === undefined ? undefined : at(this.layers, layer.skipFrom).output,
      output,
      preactivation,
      scratch: this.scratch,
      outputGradient,
      inputGradient: before?.nextInputGradient ?? this.inputGradient,
    };
  }

  private reserve(batch: number): void {
    if (batch <= this.capacity) return;
    this.capacity = batch;
    this.layers.forEach((state, l) => {
      const { spec, outputShape } = state.layer;
      const length = batch * sizeOf(outputShape);
      const kept = kindOf(spec.kind).fusesActivation && needsPreactivation(activationOf(spec));
      state.output = this.create(length);
      state.preactivation = kept ? this.create(length) : undefined;
      state.outputGradient = this.create(length);
      state.nextInputGradient = this.branches.has(l) ? this.create(length) : state.outputGradient;
    });
  }

  private named(tensors: (state: LayerState<T>) => LayerTensors<T>, trainedOnly: boolean): Weights {
    const result: Weights = {};
    for (const state of this.layers) {
      for (const { name, shape, averageMomentum } of state.layer.weights) {
        if (trainedOnly && !isTrainable({ averageMomentum })) continue;
        const data = float32(sizeOf(shape));
        data.set(tensors(state)[name]!);
        (result[state.layer.id] ??= {})[name] = { shape: [...shape], data };
      }
    }
    return result;
  }
}

function tensorsOf<T extends Numbers>(layer: ResolvedLayer, create: NumbersOf<T>): LayerTensors<T> {
  return Object.fromEntries(layer.weights.map(({ name, shape }) => [name, create(sizeOf(shape))]));
}
