import type { PlaygroundConsole } from './types';

/** A black image of the size that the gallery's networks take. */
const BLACK = "new Float32Array(playground.preset('lenet-5').input.reduce((a, b) => a * b))";

/** How a call is explained: what it does in one line, and an example that runs as it stands. */
export interface CallHelp {
  /** With its arguments, as it is written. */
  call: string;
  does: string;
  example: string;
}

/** Every call of the console, in the order in which somebody would try them. */
export const CONSOLE_HELP = {
  help: {
    call: 'help()',
    does: 'this list',
    example: 'console.log(playground.help())',
  },
  ready: {
    call: 'ready',
    does: 'resolves to backend and adapter when the backend runs',
    example: '(await playground.ready).backend',
  },
  presets: {
    call: 'presets()',
    does: 'ids of the networks in the gallery',
    example: 'playground.presets()',
  },
  preset: {
    call: 'preset(id)',
    does: 'the JSON of one of them',
    example: "playground.preset('lenet-5').layers",
  },
  setModel: {
    call: 'setModel(spec | presetId)',
    does: 'puts a network on the page, with fresh weights; resolves to its layers and parameter counts',
    example: "await playground.setModel('logistic-regression')",
  },
  datasets: {
    call: 'datasets()',
    does: 'ids of the data sets',
    example: 'playground.datasets()',
  },
  setDataset: {
    call: 'setDataset(id | { height, width, channels, classes, images, labels, … })',
    does: 'takes a data set by name, or your own bytes; resolves to the number of images in each split',
    example: 'await playground.setDataset(playground.datasets().at(-1))',
  },
  configure: {
    call: 'configure({ batchSize, optimizer, seed, … })',
    does: 'changes settings; those left out stay',
    example: "playground.configure({ batchSize: 32, optimizer: { kind: 'adam', learningRate: 0.001 } })",
  },
  train: {
    call: 'train({ steps } | { epochs })',
    does: 'trains; resolves to loss, accuracy and gradient norms, one entry per step',
    example: '(await playground.train({ steps: 20 })).loss',
  },
  pause: {
    call: 'pause()',
    does: 'stops after the steps on their way',
    example: 'await playground.pause()',
  },
  reset: {
    call: 'reset()',
    does: 'fresh weights, step 0',
    example: 'await playground.reset()',
  },
  evaluate: {
    call: "evaluate('train' | 'validation' | 'test')",
    does: 'loss, accuracy and confusion[actual][predicted] on all images of a split',
    example: "(await playground.evaluate('test')).accuracy",
  },
  predict: {
    call: 'predict(images)',
    does: 'probabilities [n, classes] for images [n, H, W, C] in 0..1',
    example: `await playground.predict(${BLACK})`,
  },
  getWeights: {
    call: 'getWeights()',
    does: 'all weights by layer id, as { shape, data }',
    example: '(await playground.getWeights()).dense_1.weight.shape',
  },
  setWeights: {
    call: 'setWeights(weights)',
    does: 'sets some or all weights; a wrong layer, shape or number is refused and changes nothing',
    example: 'await playground.setWeights(await playground.getWeights())',
  },
  backward: {
    call: 'backward({ images, labels })',
    does: 'loss, logits and all gradients of a batch, with the weights unchanged',
    example: `await playground.backward({ images: ${BLACK}, labels: Uint8Array.of(3) })`,
  },
  checkGradients: {
    call: 'checkGradients()',
    does: 'compares the gradients with finite differences in float64',
    example: 'console.table(await playground.checkGradients())',
  },
  benchmark: {
    call: 'benchmark({ model, batchSize, steps, optimizer })',
    does: 'trains a network beside the one on the page and times it',
    example:
      "await playground.benchmark({ model: 'logistic-regression', batchSize: 32, steps: 10, " +
      "optimizer: { kind: 'sgd', learningRate: 0.1 } })",
  },
} as const satisfies Record<keyof PlaygroundConsole, CallHelp>;

/** The whole list as text, for the browser's console. */
export const consoleHelp = (): string =>
  [
    'window.playground does everything that the page can do. Calls that take a while are promises.',
    'Images and tensors are float32, [n, height, width, channels].',
    '',
    ...Object.values<CallHelp>(CONSOLE_HELP).flatMap(({ call, does, example }) => [
      `playground.${call}`,
      `    ${does}`,
      `    ${example}`,
    ]),
  ].join('\n');
