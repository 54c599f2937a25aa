import { describe, expect, it } from 'vitest';
import { PlaygroundError } from '../../errors';
import { createLayer, type ModelSpec } from '../../model/spec';
import type { Engine } from '../../backend/engine';
import { createCpuEngine } from '../../backend/cpu/cpu-engine';
import { createReadySession, createTestSession, tinyModel, tinySettings } from './session.test-helper';

/** 1,024 filters on 1,024 x 1,024 pixels: 4 GiB of activations for each image. */
const huge: ModelSpec = {
  version: 1,
  name: 'huge',
  input: [1024, 1024, 1],
  layers: [
    createLayer('conv2d', { filters: 1024, padding: 'same' }),
    createLayer('maxPool2d', { poolSize: [64, 64], strides: [64, 64] }),
    createLayer('flatten'),
    createLayer('dense', { units: 3, activation: 'softmax' }),
  ],
};
/** A weight matrix that no typed array can hold. */
const endless: ModelSpec = {
  ...huge,
  layers: [createLayer('flatten'), createLayer('dense', { units: 8192 }), createLayer('dense', { units: 3 })],
  input: [1024, 1024, 1024],
};
/**
 * Each image needs 4 MiB of activations and 4 MiB of their gradients. 4,096 images do not fit, a
 * few hundred do.
 */
const wide: ModelSpec = {
  ...huge,
  layers: [createLayer('maxPool2d', { poolSize: [1, 1], strides: [1, 1] }), ...huge.layers.slice(1)],
};

describe('the estimate', () => {
  it('answers for a network and settings that are not those in training, and changes nothing', async () => {
    const { request, session, events } = await createReadySession();
    const before = [session.runId, session.settings, events.length];
    const present = await request('estimate', { model: tinyModel });
    expect(present).toMatchObject({ batchSize: tinySettings.batchSize, problem: null, largestBatch: 4096 });
    const larger = await request('estimate', { model: tinyModel, settings: { batchSize: 512 } });
    expect(larger.totalBytes).toBeGreaterThan(8 * present.totalBytes);
    expect((await request('estimate', { model: huge })).problem).toMatchObject({ where: { layer: 'conv2d_1' } });
    expect([session.runId, session.settings, events.length]).toEqual(before);
  });

  it('needs no network and no data', async () => {
    const { request } = createTestSession();
    await expect(request('estimate', { model: tinyModel })).rejects.toThrow(/no backend/);
    await request('start', { backend: 'cpu' });
    expect((await request('estimate', { model: tinyModel })).problem).toBeNull();
    await expect(request('estimate', { model: tinyModel, settings: { batchSize: 0 } })).rejects.toThrow(/batchSize/);
  });
});

describe('what does not fit', () => {
  it.each([
    ['a network', huge, /even with one image.*conv2d_1 takes 4 GiB/],
    ['a weight matrix', endless, /even with one image.*dense_1 takes 32 TiB/],
    [
      'a batch',
      { ...wide },
      /batchSize: at a batch size of 4,096 .* without a GPU at most 2 GiB are used\. The largest .* fits is \d+\./,
    ],
  ])('%s is refused in words, and what was there goes on', async (_what, model, message) => {
    const { request, session } = await createReadySession({}, { ...tinySettings, batchSize: 4096 });
    await request('train', { steps: 2 });
    const [weights, run] = [await request('getWeights', {}), session.runId];
    const failure = await request('setModel', { model }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PlaygroundError);
    expect((failure as Error).message).toMatch(message);
    expect(session.runId).toBe(run);
    expect(await request('getWeights', {})).toEqual(weights);
    expect((await request('train', { steps: 1 })).steps).toBe(1);
  });

  it('leaves the network in training where memory turns out to be short only when it is made', async () => {
    let short = false;
    const scarce = async (): Promise<Engine> => {
      const engine = createCpuEngine();
      const createNetwork: Engine['createNetwork'] = async (...given) => {
        if (short) throw new PlaygroundError('the GPU has no room left.');
        return engine.createNetwork(...given);
      };
      return { ...engine, createNetwork };
    };
    const { request, session } = await createReadySession({ factories: { webgpu: scarce, cpu: scarce } });
    await request('train', { steps: 2 });
    const [weights, { settings }] = [await request('getWeights', {}), session];
    short = true;
    await expect(request('setModel', { model: tinyModel })).rejects.toThrow(/no room/);
    await expect(request('configure', { settings: { ...session.settings, batchSize: 16 } })).rejects.toThrow(/no room/);
    expect(session.settings).toEqual(settings);
    expect(await request('getWeights', {})).toEqual(weights);
    expect(await request('train', { steps: 1 })).toMatchObject({ steps: 1 });
  });
});
