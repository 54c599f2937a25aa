import { customDataset } from '../../data/custom';
import { createLayer, type ModelSpec } from '../../model/spec';
import { createRandom } from '../../random';
import { createCpuEngine } from '../../backend/cpu/cpu-engine';
import { dispatch } from '../dispatch';
import { openAccount } from '../loop/work-clock';
import type { Engine } from '../../backend/engine';
import type { DatasetSources } from './load-dataset';
import type { Command, CustomDataset, Requests, RequestType, WorkerEvent } from '../wire/protocol';
import { Session, type SessionOptions } from './session';

export type EventOf<T extends WorkerEvent['type']> = Extract<WorkerEvent, { type: T }>;

/** 6x6 images of three classes: a bright third (left, middle, right) on noise. Easy to learn. */
export function stripes(train = 50, test = 20, seed = 1): CustomDataset {
  const random = createRandom(seed);
  const draw = (count: number) => {
    const images = new Uint8Array(count * 36);
    const labels = Uint8Array.from({ length: count }, (_, i) => i % 3);
    for (let i = 0; i < images.length; i++) {
      const bright = Math.floor((i % 6) / 2) === labels[Math.floor(i / 36)];
      images[i] = (bright ? 150 : 0) + random.integer(100);
    }
    return { images, labels };
  };
  const [first, second] = [draw(train), draw(test)];
  return {
    height: 6,
    width: 6,
    channels: 1,
    classes: 3,
    ...first,
    testImages: second.images,
    testLabels: second.labels,
  };
}

export const tinyModel: ModelSpec = {
  version: 1,
  name: 'tiny',
  input: [6, 6, 1],
  layers: [
    createLayer('conv2d', { filters: 3, activation: 'relu' }),
    createLayer('maxPool2d'),
    createLayer('flatten'),
    createLayer('dense', { units: 3, activation: 'softmax' }),
  ],
};

export const tinySettings = {
  batchSize: 8,
  validationSplit: 0.2,
  seed: 7,
  optimizer: { kind: 'sgd' as const, learningRate: 0.1 },
  l2: 0,
  globalClipnorm: 0,
};

export const noSources: DatasetSources = {
  mnist: () => Promise.reject(new Error('no network')),
  generated: () => Promise.reject(new Error('not here')),
  custom: customDataset,
};

/** A session wired to its dispatch as in the worker, with a record of all its events. */
export function createTestSession(options: Partial<SessionOptions> = {}) {
  const events: WorkerEvent[] = [];
  const cpu = async (): Promise<Engine> => createCpuEngine();
  const session = new Session({
    factories: { webgpu: () => Promise.reject(new Error('no adapter here.')), cpu },
    sources: noSources,
    emit: (event) => events.push(event),
    ...options,
  });
  let id = 0;
  const request = <T extends RequestType>(type: T, command: Requests[T]['command']) =>
    dispatch(session, { ...command, type, id: ++id } as Command, openAccount()) as Promise<Requests[T]['result']>;
  const eventsOf = <T extends WorkerEvent['type']>(type: T) =>
    events.filter((event): event is EventOf<T> => event.type === type);
  return { session, events, eventsOf, request };
}

export type TestSession = ReturnType<typeof createTestSession>;

/** A session with backend, settings, data and network in place, but not trained yet. */
export async function createReadySession(
  options: Partial<SessionOptions> = {},
  settings: object = tinySettings,
): Promise<TestSession> {
  const test = createTestSession(options);
  await test.request('start', { backend: 'cpu' });
  await test.request('configure', { settings: settings as typeof tinySettings });
  await test.request('setDataset', { dataset: stripes() });
  await test.request('setModel', { model: tinyModel });
  return test;
}

/** Resolves when the condition holds; looks again after each turn of the event loop. */
export async function until(condition: () => boolean, ms = 5000): Promise<void> {
  const end = performance.now() + ms;
  while (!condition()) {
    if (performance.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
