import { defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import { at } from '../../../src/at';
import { runInFlight } from './in-flight';
import { arrayOf, forward, placeWeights, type Arrays } from './jax-network';
import { floatBatch, type Peer, type Trainer, type Work } from './work';

/** Everything that a step replaces. */
type State = { weights: Arrays; moving: Arrays; moment1: Arrays; moment2: Arrays };

/** Opens jax-js. @throws Error if it does not run on that device here. */
export async function openJax(device: 'webgpu' | 'wasm'): Promise<Peer> {
  const available = await init(device);
  if (!available.includes(device)) throw new Error(`jax-js has no device "${device}" here.`);
  defaultDevice(device);
  return { name: `jax-js ${device}`, create: async (work) => createTrainer(work) };
}

async function createTrainer(work: Work): Promise<Trainer> {
  const { weights, moving } = placeWeights(work);
  const zeros = (): Arrays => (work.optimizer.kind === 'adam' ? mapped(weights, (array) => np.zeros(array.shape)) : {});
  let state: State = { weights, moving, moment1: zeros(), moment2: zeros() };
  const ring = Array.from({ length: work.batches }, (_, i) => placeBatch(work, i));
  // The whole step is one compiled function: gradients, running averages and the update.
  const step = jit((before: State, rate: np.Array, images: np.Array, oneHot: np.Array) =>
    trainStep(work, before, rate, images, oneHot),
  );
  let done = 0;
  return {
    run: (steps) =>
      runInFlight(
        steps,
        () => {
          const { images, oneHot } = at(ring, done++ % ring.length);
          const [after, loss] = step(state, np.array(new Float32Array([rateAt(work, done)])), images.ref, oneHot.ref);
          state = after;
          return loss;
        },
        async (loss) => at(await loss.data(), 0),
        (loss) => loss.dispose(),
      ),
  };
}

/** jax-js convolves [N, C, H, W]: the images are transposed here, once. */
function placeBatch(work: Work, batch: number): { images: np.Array; oneHot: np.Array } {
  const { images, oneHot } = floatBatch(work, batch);
  const [height, width, channels] = work.input;
  const turned = np.array(images, { shape: [work.batchSize, height, width, channels] }).transpose([0, 3, 1, 2]);
  return { images: contiguous(turned), oneHot: np.array(oneHot, { shape: [work.batchSize, work.classes] }) };
}

/**
 * Computes the array: a transposed array is a view until something is computed from it, and the
 * steps should not have to do that.
 */
const contiguous = jit((array: np.Array) => array.mul(1));

/**
 * The learning rate of a step (from 1). For Adam it includes both bias corrections of Kingma & Ba
 * 2015, end of section 2, as in Keras.
 */
function rateAt({ optimizer }: Work, step: number): number {
  if (optimizer.kind !== 'adam') return optimizer.learningRate;
  const { learningRate, beta1, beta2 } = optimizer;
  return (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
}

function trainStep(work: Work, state: State, rate: np.Array, images: np.Array, oneHot: np.Array): [State, np.Array] {
  const lossOf = (weights: Arrays, x: np.Array, labels: np.Array): [np.Array, Arrays] => {
    const { logits, statistics } = forward(work, weights, x);
    const loss = nn
      .logSoftmax(logits)
      .mul(labels)
      .sum()
      .mul(-1 / work.batchSize);
    return [loss, statistics];
  };
  const [[loss, statistics], gradients] = valueAndGrad(lossOf, { hasAux: true })(
    tree.ref(state.weights),
    images,
    oneHot,
  );
  const next = updated(work, state, gradients as Arrays, rate);
  return [{ ...next, moving: moved(work, state.moving, statistics) }, loss];
}

/**
 * Updates Keras's moving mean and variance of batch normalization: with momentum 0.99 they take one
 * hundredth of the batch's values each step.
 */
function moved(work: Work, moving: Arrays, statistics: Arrays): Arrays {
  const momentum = work.layers.find(({ spec }) => spec.kind === 'batchNormalization')?.spec.momentum ?? 0;
  return mapped(moving, (array, name) => array.mul(momentum).add(arrayOf(statistics, name).mul(1 - momentum)));
}

type Updated = Omit<State, 'moving'>;

function updated(
  { optimizer }: Work,
  { weights, moment1, moment2 }: State,
  gradients: Arrays,
  rate: np.Array,
): Updated {
  if (optimizer.kind !== 'adam' && optimizer.kind !== 'sgd')
    throw new Error(`The benchmark has no ${optimizer.kind} for jax-js.`);
  const next: Updated = { weights: {}, moment1: {}, moment2: {} };
  for (const [name, gradient] of Object.entries(gradients)) {
    if (optimizer.kind === 'sgd') {
      next.weights[name] = arrayOf(weights, name).sub(gradient.mul(rate.ref));
      continue;
    }
    const { beta1, beta2, epsilon } = optimizer;
    const m = arrayOf(moment1, name)
      .mul(beta1)
      .add(gradient.ref.mul(1 - beta1));
    const v = arrayOf(moment2, name)
      .mul(beta2)
      .add(np.square(gradient).mul(1 - beta2));
    next.weights[name] = arrayOf(weights, name).sub(m.ref.mul(rate.ref).div(np.sqrt(v.ref).add(epsilon)));
    next.moment1[name] = m;
    next.moment2[name] = v;
  }
  rate.dispose();
  return next;
}

function mapped(arrays: Arrays, change: (array: np.Array, name: string) => np.Array): Arrays {
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, change(array, name)]));
}
