import convnetjs from 'convnetjs';
import { at } from '../../../src/at';
import { required } from '../../../src/errors';
import type { LayerWork, Peer, Trainer, Work } from './work';

/** convnetjs: plain JavaScript in float64, one image at a time. */
export function openConvnet(): Peer {
  return { name: 'convnetjs', create: async (work) => createTrainer(work) };
}

function createTrainer(work: Work): Trainer {
  const net = new convnetjs.Net();
  net.makeLayers(definitions(work));
  placeWeights(work, net);
  const images = placeImages(work);
  const train = work.optimizer.kind === 'sgd' ? plainTrainer(work, net) : adamTrainer(work, net);
  let done = 0;
  const step = () => {
    const first = (done++ % work.batches) * work.batchSize;
    let loss = 0;
    for (let i = first; i < first + work.batchSize; i++) loss += train(at(images, i), at(work.labels, i));
    return loss / work.batchSize;
  };
  return {
    async run(steps) {
      for (let i = 1; i < steps; i++) step();
      return step();
    },
  };
}

type Train = (image: convnetjs.Vol, label: number) => number;

/** convnetjs's own trainer, without momentum. */
function plainTrainer({ optimizer, batchSize }: Work, net: convnetjs.Net): Train {
  const trainer = new convnetjs.Trainer(net, {
    method: 'sgd',
    learning_rate: optimizer.learningRate,
    momentum: 0,
    batch_size: batchSize,
  });
  return (image, label) => trainer.train(image, label).cost_loss;
}

/**
 * convnetjs has no Adam: this is one over the parameters and gradients that it hands to trainers.
 */
function adamTrainer({ optimizer, batchSize }: Work, net: convnetjs.Net): Train {
  if (optimizer.kind !== 'adam') throw new Error(`The benchmark has no ${optimizer.kind} for convnetjs.`);
  const { learningRate, beta1, beta2, epsilon } = optimizer;
  const moments = net
    .getParamsAndGrads()
    .map(({ params }) => ({ m: new Float64Array(params.length), v: new Float64Array(params.length) }));
  let seen = 0;
  const update = (t: number) => {
    const rate = (learningRate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t);
    net.getParamsAndGrads().forEach(({ params, grads }, k) => {
      const { m, v } = at(moments, k);
      for (let i = 0; i < params.length; i++) {
        const gradient = (grads[i] ?? NaN) / batchSize;
        const first = beta1 * (m[i] ?? NaN) + (1 - beta1) * gradient;
        const second = beta2 * (v[i] ?? NaN) + (1 - beta2) * gradient * gradient;
        m[i] = first;
        v[i] = second;
        params[i] = (params[i] ?? NaN) - (rate * first) / (Math.sqrt(second) + epsilon);
        grads[i] = 0;
      }
    });
  };
  return (image, label) => {
    net.forward(image, true);
    const loss = net.backward(label);
    if (++seen % batchSize === 0) update(seen / batchSize);
    return loss;
  };
}

/** @throws Error for layers that convnetjs does not have. */
function definitions({ layers, input: [height, width, channels], classes }: Work): convnetjs.Definition[] {
  const first = { type: 'input', out_sx: width, out_sy: height, out_depth: channels };
  const own = layers.slice(0, -1).flatMap((layer) => definition(layer));
  const last = layers.at(-1)!.spec;
  if (last.kind !== 'dense') throw new Error('convnetjs ends with a dense layer.');
  return [first, ...own, { type: 'softmax', num_classes: classes }];
}

function definition({ spec }: LayerWork): convnetjs.Definition[] {
  const activation = spec.activation === 'linear' ? undefined : spec.activation;
  switch (spec.kind) {
    case 'conv2d': {
      const [size] = spec.kernelSize!;
      const pad = spec.padding === 'same' ? (size - 1) / 2 : 0;
      return [{ type: 'conv', sx: size, filters: spec.filters, stride: spec.strides![0], pad, activation }];
    }
    case 'maxPool2d':
      return [{ type: 'pool', sx: spec.poolSize![0], stride: spec.strides![0] }];
    case 'dense':
      return [{ type: 'fc', num_neurons: spec.units, activation }];
    case 'flatten':
      return [];
    default:
      throw new Error(`convnetjs has no ${spec.kind}.`);
  }
}

/**
 * Copies the weights one filter at a time, each [kh, kw, in] or [in], as its volumes lie in memory.
 */
function placeWeights(work: Work, net: convnetjs.Net): void {
  const trained = net.layers.filter(({ filters }) => filters !== undefined);
  const given = work.layers.map(({ id }) => work.weights[id]).filter((weights) => weights !== undefined);
  trained.forEach(({ filters = [], biases }, l) => {
    const { weight, bias } = at(given, l);
    const weights = required(weight, 'weight of a layer').data;
    const offsets = required(bias, 'bias of a layer').data;
    filters.forEach(({ w }, filter) => {
      for (let i = 0; i < w.length; i++) w[i] = at(weights, i * filters.length + filter);
      biases!.w[filter] = at(offsets, filter);
    });
  });
}

function placeImages({ images, labels, input: [height, width, channels] }: Work): convnetjs.Vol[] {
  const size = height * width * channels;
  return Array.from(labels, (_, i) => {
    const image = new convnetjs.Vol(width, height, channels, 0);
    for (const [place, byte] of images.subarray(i * size, (i + 1) * size).entries()) image.w[place] = byte / 255;
    return image;
  });
}
