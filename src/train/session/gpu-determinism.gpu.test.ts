import { afterEach, expect, it } from 'vitest';
import { createLayer, type ModelSpec } from '../../model/spec';
import { createGpuEngine } from '../../backend/webgpu/gpu-engine';
import { createTestSession, stripes, tinySettings, type TestSession } from './session.test-helper';
import { createCpuEngine } from '../../backend/cpu/cpu-engine';

/** The model has random layers and layers that keep state from step to step. */
const model: ModelSpec = {
  version: 1,
  name: 'random and stateful',
  input: [6, 6, 1],
  layers: [
    createLayer('conv2d', { filters: 5, padding: 'same' }),
    createLayer('batchNormalization'),
    createLayer('activation', { activation: 'relu' }),
    createLayer('conv2d', { filters: 5, padding: 'same', activation: 'gelu' }),
    createLayer('add', { from: 'batchNormalization_1' }),
    createLayer('maxPool2d'),
    createLayer('dropout', { rate: 0.3 }),
    createLayer('flatten'),
    createLayer('dense', { units: 9, activation: 'tanh' }),
    createLayer('dropout', { rate: 0.5 }),
    createLayer('dense', { units: 3, activation: 'softmax' }),
  ],
};
/** 40 of the 50 images train: five whole batches and a last one of 4 in each epoch. */
const settings = {
  ...tinySettings,
  batchSize: 8,
  validationSplit: 0.12,
  optimizer: { kind: 'adam' as const, learningRate: 3e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
};
const STEPS = 200;

let open: TestSession[] = [];
afterEach(() => {
  for (const { session } of open) session.host.engine.dispose();
  open = [];
});

/**
 * Opens a session on a separate GPU device. @param now the clock; the measured time of the steps
 * decides how many go into a submit
 */
async function begin(now?: () => number): Promise<TestSession> {
  const test = createTestSession({
    factories: { webgpu: () => createGpuEngine(navigator.gpu), cpu: async () => createCpuEngine() },
    now,
  });
  open.push(test);
  await test.request('start', { backend: 'webgpu' });
  await test.request('configure', { settings: settings });
  await test.request('setDataset', { dataset: stripes() });
  await test.request('setModel', { model });
  return test;
}

async function outcome({ request }: TestSession, losses: number[]) {
  const [weights, evaluation] = [await request('getWeights', {}), await request('evaluate', { split: 'test' })];
  return { losses, weights, evaluation };
}

async function straight(test: TestSession) {
  const { loss } = await test.request('train', { steps: STEPS, collect: true });
  return outcome(test, loss);
}

it('trains on as on new ones where other images take the place of those it has trained on, be they more', async () => {
  const other = stripes(200, 20, 2);
  const changed = await begin();
  await changed.request('train', { steps: 7 });
  await changed.request('setDataset', { dataset: other });
  const { loss } = await changed.request('train', { steps: 30, collect: true });
  const fresh = await begin();
  await fresh.request('setDataset', { dataset: other });
  expect(loss).toEqual((await fresh.request('train', { steps: 30, collect: true })).loss);
  expect(changed.eventsOf('problem')).toEqual([]);
});

it('gives the same bits on another device, in submits of other sizes, with pauses and questions between', async () => {
  const first = await straight(await begin());
  expect(first.losses).toHaveLength(STEPS);
  expect(first.losses.at(-1)!).toBeLessThan(first.losses[0]!);

  // On this clock everything takes an hour, so each submit has one step.
  let hours = 0;
  const slowly = await begin(() => (hours += 3.6e6));
  expect(await straight(slowly)).toEqual(first);

  // The steps run one by one, so that each gets a look.
  const looked = await begin();
  const each: number[] = [];
  for (let step = 0; step < STEPS; step++)
    each.push(...(await looked.request('train', { steps: 1, collect: true })).loss);
  expect(looked.eventsOf('diagnostics')).toHaveLength(STEPS);
  expect(await outcome(looked, each)).toEqual(first);

  // This run is interrupted and then continues from the stored state.
  const stopped = await begin();
  const { loss: before } = await stopped.request('train', { steps: 77, collect: true });
  const { step, weights, optimizer } = await stopped.request('snapshot', {});
  const later = await begin();
  await later.request('setModel', { model, start: { weights, step, optimizer, source: 'restored' } });
  const { loss: after } = await later.request('train', { steps: STEPS - 77, collect: true });
  expect(await outcome(later, [...before, ...after])).toEqual(first);

  const broken = await begin();
  const { request } = broken;
  const losses: number[] = [];
  const take = async (steps: number) => losses.push(...(await request('train', { steps, collect: true })).loss);
  await take(7);
  await request('evaluate', { split: 'validation' });
  await request('backward', { images: new Float32Array(72).fill(0.5), labels: Uint8Array.of(0, 2) });
  // This run is paused at an arbitrary step, with steps in flight.
  const endless = request('train', { collect: true });
  await new Promise((resolve) => setTimeout(resolve, 60));
  const predicted = request('predict', { images: new Float32Array(36) });
  await request('pause', {});
  losses.push(...(await endless).loss);
  await predicted;
  await request('evaluate', { split: 'train' });
  expect(losses.length).toBeLessThan(STEPS);
  await take(STEPS - losses.length);
  expect(await outcome(broken, losses)).toEqual(first);
});

it('gives the same bits again after a reset, and other ones with another seed', async () => {
  const test = await begin();
  const first = await straight(test);
  await test.request('reset', {});
  expect(await straight(test)).toEqual(first);
  await test.request('configure', { settings: { ...test.session.settings, seed: 8 } });
  expect((await straight(test)).losses).not.toEqual(first.losses);
});
