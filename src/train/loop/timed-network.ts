import type { Network, StepRequest } from '../../backend/engine';
import type { Weights } from '../../model/initialize';
import type { Payer, WorkClock } from './work-clock';

/**
 * A view of a network for one payer. The clock times each call and charges the time to the account
 * of a request. Training is timed too, but charged to nobody.
 */
export class TimedNetwork implements Network {
  constructor(
    private readonly network: Network,
    private readonly clock: WorkClock,
    private readonly payer: Payer,
  ) {}

  get normSlots() {
    return this.network.normSlots;
  }

  get dispatchesPerStep() {
    return this.network.dispatchesPerStep;
  }

  setOrder(indices: Uint32Array) {
    this.network.setOrder(indices);
  }

  trainSteps(steps: readonly StepRequest[]) {
    return this.clock.time('trainSteps', this.payer, () => this.network.trainSteps(steps));
  }

  evaluate(set: 'train' | 'test', indices: Uint32Array, onProgress?: (share: number) => void) {
    return this.clock.time('evaluate', this.payer, () => this.network.evaluate(set, indices, onProgress));
  }

  forward(images: Float32Array) {
    return this.clock.time('forward', this.payer, () => this.network.forward(images));
  }

  backward(images: Float32Array, labels: Uint8Array, training: boolean, step?: number) {
    return this.clock.time('backward', this.payer, () => this.network.backward(images, labels, training, step));
  }

  lookAt(image: Float32Array, label: number | null) {
    return this.clock.time('lookAt', this.payer, () => this.network.lookAt(image, label));
  }

  kernelsOf(layer: string) {
    return this.network.kernelsOf(layer);
  }

  getWeights() {
    return this.clock.time('getWeights', this.payer, () => this.network.getWeights());
  }

  getGradients() {
    return this.clock.time('getGradients', this.payer, () => this.network.getGradients());
  }

  getMoments() {
    return this.clock.time('getMoments', this.payer, () => this.network.getMoments());
  }

  setWeights(weights: Weights, moments?: readonly Weights[]) {
    this.network.setWeights(weights, moments);
  }

  dispose() {
    this.network.dispose();
  }
}
