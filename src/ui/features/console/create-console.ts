import { DATASET_IDS, findDataset } from '../../../data/sets';
import { PlaygroundError } from '../../../errors';
import { parseInputScaling } from '../../../model/input-scaling';
import { findPreset, presets } from '../../../model/presets';
import { resolveModel } from '../../../model/resolve';
import { parseModelSpec, type GivenModelSpec, type ModelSpec } from '../../../model/spec';
import type { Playground } from '../../client/playground-client';
import { specOf, useModelStore } from '../../stores/model/model-store';
import { consoleHelp } from './help';
import type { PlaygroundConsole } from './types';

/** The scripting interface, built on the page's own handle on training. */
export function createConsole(playground: Playground): PlaygroundConsole {
  return {
    help: consoleHelp,
    ready: playground.ready.then(({ backend, adapter }) => ({ backend, adapter })),
    presets: () => presets.map(({ id }) => id),
    preset: (id) => structuredClone(findPreset(text(id, 'a preset id')).spec),
    setModel: (model) => setModel(playground, model),
    datasets: () => [...DATASET_IDS],
    async setDataset(dataset) {
      const choice = typeof dataset === 'object' ? dataset : findDataset(dataset).id;
      return { ...(await playground.chooseDataset(choice)).counts };
    },
    configure: (change) => configure(playground, record(change, 'settings')),
    train: async (length = {}) => playground.trainFor({ ...record(length, '{ steps } or { epochs }') }),
    pause: async () => void (await playground.pause()),
    reset: () => playground.reset(),
    evaluate: (split) => playground.ask('evaluate', { split }),
    predict: async (images) => playground.ask('predict', { images: floats(images) }),
    getWeights: () => playground.ask('getWeights', {}),
    setWeights: async (weights) => void (await playground.ask('setWeights', { weights })),
    async backward(batch) {
      const { images, labels, training = true } = record(batch, '{ images, labels, training? }');
      if (typeof training !== 'boolean')
        throw new PlaygroundError('must be true or false.', { where: { field: 'training' } });
      return playground.ask('backward', { images: floats(images), labels: labels as Uint8Array, training });
    },
    checkGradients: () => playground.ask('checkGradients', {}),
    async benchmark(what) {
      const { model, batchSize, steps, optimizer } = record(
        what,
        '{ model, batchSize, steps, optimizer }',
      ) as typeof what;
      return playground.ask('benchmark', { model: specFrom(model), batchSize, steps, optimizer });
    },
  };
}

/**
 * Shows the network on the page and waits until the worker has it. The network need not fit the
 * present data, since a script may set its own data next. Until then the page says what does not
 * fit, and training is refused.
 */
async function setModel(
  playground: Playground,
  given: GivenModelSpec | string,
): ReturnType<PlaygroundConsole['setModel']> {
  const spec = specFrom(given);
  const model = resolveModel(spec);
  const store = useModelStore.getState();
  const changed = JSON.stringify(specOf(store)) !== JSON.stringify(spec);
  if (changed) store.loadSpec(spec);
  const { layers: shown } = useModelStore.getState();
  try {
    await playground.applyModel(true);
  } catch (error) {
    // A change made since then, by the user or another script, must not be undone here.
    if (changed && useModelStore.getState().layers === shown) useModelStore.getState().undo();
    throw error;
  }
  const layers = model.layers.map(({ id, spec: { kind }, outputShape, parameters }) => ({
    id,
    kind,
    outputShape: [...outputShape],
    parameters,
  }));
  return { layers, parameters: model.parameters };
}

/** Changes settings, and the scaling of the network's input, in one undoable step or not at all. */
function configure(playground: Playground, { inputScaling, ...settings }: Record<string, unknown>): void {
  const { asOneStep, scaleInput, input } = useModelStore.getState();
  if (inputScaling === undefined) return playground.changeSettings(settings);
  const scaling = parseInputScaling(inputScaling, input[2]);
  if (Object.keys(settings).length === 0) return scaleInput(scaling);
  asOneStep('change input scaling and settings', () => {
    playground.changeSettings(settings);
    scaleInput(scaling);
  });
}

function specFrom(given: unknown): ModelSpec {
  return typeof given === 'string'
    ? findPreset(given).spec
    : parseModelSpec(record(given, 'a model or the id of a preset'));
}

function text(value: unknown, what: string): string {
  if (typeof value === 'string') return value;
  throw new PlaygroundError(`expects ${what}, but got ${describe(value)}.`);
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  throw new PlaygroundError(`expects ${what}, but got ${describe(value)}.`);
}

function floats(value: unknown): Float32Array {
  if (value instanceof Float32Array) return value;
  throw new PlaygroundError(`expects images as a Float32Array, but got ${describe(value)}.`, {
    where: { field: 'images' },
    remedy: 'Give [n, height, width, channels] values in 0..1, one after the other.',
  });
}

const describe = (value: unknown) =>
  value === null ? 'null' : typeof value === 'object' ? value.constructor.name : typeof value;
