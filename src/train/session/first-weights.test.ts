import { describe, expect, it } from 'vitest';
import { createLayer, type ModelSpec } from '../../model/spec';
import { createReadySession, createTestSession, stripes, tinyModel, tinySettings, until } from './session.test-helper';

const conv = (more: Record<string, unknown> = {}) => createLayer('conv2d', { filters: 3, activation: 'relu', ...more });
const model = (...layers: ModelSpec['layers']): ModelSpec => ({ ...tinyModel, layers });
const [pool, flatten, dense] = tinyModel.layers.slice(1);

describe('an edited network', () => {
  it('keeps the weights of layers whose shapes did not change, under their new ids', async () => {
    const { request, eventsOf } = await createReadySession();
    await request('train', { steps: 4 });
    const before = await request('getWeights', {});
    // The new convolution in front does not change the shape. The old convolution becomes the
    // second one, and the dense layer stays the same.
    const edited = model(conv({ filters: 1, padding: 'same' }), conv({ activation: 'tanh' }), pool!, flatten!, dense!);
    const keep = { conv2d_2: 'conv2d_1', maxPool2d_1: 'maxPool2d_1', flatten_1: 'flatten_1', dense_1: 'dense_1' };
    const { kept, parameters } = await request('setModel', { model: edited, keep });
    expect(kept).toEqual(['conv2d_2', 'dense_1']);
    expect(parameters).toBe(10 + 30 + 39);
    const after = await request('getWeights', {});
    expect(after.conv2d_2).toEqual(before.conv2d_1);
    expect(after.dense_1).toEqual(before.dense_1);
    expect(after.conv2d_1).not.toEqual(before.conv2d_1);
    expect(eventsOf('run').at(-1)).toMatchObject({ source: 'kept' });
    expect(eventsOf('state').at(-1)).toMatchObject({ state: 'idle', step: 0 });
  });

  it('gives back the weights that a layer had when it left: an undo, or a layer switched on again', async () => {
    const { request } = await createReadySession();
    const names = { conv2d_1: 'a', dense_1: 'b' };
    await request('setModel', { model: tinyModel, names });
    await request('train', { steps: 3 });
    const before = await request('getWeights', {});
    // Without the convolution, the dense layer is a different one too.
    const without = await request('setModel', {
      model: model(pool!, flatten!, dense!),
      keep: { dense_1: 'dense_1' },
      names: { dense_1: 'b' },
    });
    expect(without.kept).toEqual([]);
    const again = { model: tinyModel, keep: { dense_1: 'dense_1' }, names };
    expect((await request('setModel', again)).kept).toEqual(['conv2d_1', 'dense_1']);
    expect(await request('getWeights', {})).toEqual(before);
    // Weights that a reset discarded on purpose do not come back.
    await request('setModel', { model: model(pool!, flatten!, dense!), names: { dense_1: 'b' } });
    await request('reset', {});
    expect((await request('setModel', again)).kept).toEqual([]);
  });

  it('gives them back on a later visit as well, from the record of this one', async () => {
    const names = { conv2d_1: 'a', dense_1: 'b' };
    const first = await createReadySession();
    await first.request('setModel', { model: tinyModel, names });
    expect(await first.request('removedWeights', { since: 0 })).toBeNull();
    await first.request('train', { steps: 3 });
    const before = await first.request('getWeights', {});
    await first.request('setModel', { model: model(pool!, flatten!, dense!), names: { dense_1: 'c' } });
    const { revision, layers } = (await first.request('removedWeights', { since: 0 }))!;
    expect(layers.map(([key]) => key.split(' ')[0])).toEqual(['a', 'b']);
    expect(await first.request('removedWeights', { since: revision })).toBeNull();

    // The images arrive last, and the run starts again with them.
    const { request } = createTestSession();
    await request('start', { backend: 'cpu' });
    await request('setModel', { model: model(pool!, flatten!, dense!), names: { dense_1: 'c' } });
    const broken = [null, ['b'], ['b 1', { bias: { shape: [3], data: new Float32Array(2) } }], 'nothing'];
    await request('restoreRemovedWeights', { layers: [...broken, ...structuredClone(layers)] });
    await request('restoreRemovedWeights', { layers: 'nothing' });
    await request('setDataset', { dataset: stripes() });
    expect(await request('removedWeights', { since: 0 })).toBeNull();
    expect((await request('setModel', { model: tinyModel, names })).kept).toEqual(['conv2d_1', 'dense_1']);
    expect(await request('getWeights', {})).toEqual(before);
  });

  it('draws a layer anew whose initializer changes, and finds its weights again with the old one', async () => {
    const { request } = await createReadySession();
    const names = { conv2d_1: 'a', dense_1: 'b' };
    const keep = { conv2d_1: 'conv2d_1', dense_1: 'dense_1' };
    await request('setModel', { model: tinyModel, names });
    await request('train', { steps: 2 });
    const before = await request('getWeights', {});
    const constant = (kernelConstant: number) =>
      model(conv({ kernelInitializer: 'constant', kernelConstant }), pool!, flatten!, dense!);
    expect((await request('setModel', { model: constant(0.5), keep, names })).kept).toEqual(['dense_1']);
    expect(new Set((await request('getWeights', {})).conv2d_1!.weight!.data)).toEqual(new Set([0.5]));
    expect((await request('setModel', { model: constant(0.25), keep, names })).kept).toEqual(['dense_1']);
    expect((await request('setModel', { model: tinyModel, keep, names })).kept).toEqual(['conv2d_1', 'dense_1']);
    expect(await request('getWeights', {})).toEqual(before);
  });

  it('gives fresh weights to a layer of another shape or kind, and to one that was not named', async () => {
    const { request } = await createReadySession();
    await request('train', { steps: 2 });
    const wider = model(conv({ filters: 4 }), pool!, flatten!, dense!);
    expect(
      (await request('setModel', { model: wider, keep: { conv2d_1: 'conv2d_1', dense_1: 'dense_1' } })).kept,
    ).toEqual([]);
    await request('train', { steps: 2 });
    expect((await request('setModel', { model: wider })).kept).toEqual([]);
    await request('train', { steps: 2 });
    expect(
      (await request('setModel', { model: wider, keep: { conv2d_1: 'dense_1', dense_1: 'toString' } })).kept,
    ).toEqual([]);
  });

  it('keeps running averages', async () => {
    const { request } = await createReadySession();
    const normalized = model(conv(), createLayer('batchNormalization'), pool!, flatten!, dense!);
    await request('setModel', { model: normalized });
    await request('train', { steps: 3 });
    const before = await request('getWeights', {});
    const keep = { batchNormalization_1: 'batchNormalization_1', conv2d_1: 'conv2d_1' };
    const reduced = model(
      conv(),
      createLayer('batchNormalization'),
      flatten!,
      createLayer('dense', { units: 3, activation: 'softmax' }),
    );
    expect((await request('setModel', { model: reduced, keep })).kept).toEqual(['conv2d_1', 'batchNormalization_1']);
    const after = await request('getWeights', {});
    expect(after.batchNormalization_1).toEqual(before.batchNormalization_1);
    expect(after.batchNormalization_1!.movingMean!.data.some((value) => value !== 0)).toBe(true);
  });

  it('keeps nothing of a network that was never trained: fresh weights depend on model and seed alone', async () => {
    const { request, eventsOf } = await createReadySession();
    const edited = model(conv({ filters: 1, padding: 'same' }), conv(), pool!, flatten!, dense!);
    expect(
      (await request('setModel', { model: edited, keep: { conv2d_2: 'conv2d_1', dense_1: 'dense_1' } })).kept,
    ).toEqual([]);
    const after = await request('getWeights', {});
    await request('setModel', { model: edited });
    expect(await request('getWeights', {})).toEqual(after);
    expect(eventsOf('run').at(-1)!.source).toBeUndefined();
  });

  it('keeps the weights of the very last step of a run that is training', async () => {
    const { request, eventsOf } = await createReadySession();
    const playing = request('train', {});
    await until(() => eventsOf('metrics').length > 1);
    const { kept } = await request('setModel', {
      model: tinyModel,
      keep: { conv2d_1: 'conv2d_1', dense_1: 'dense_1' },
    });
    expect(kept).toEqual(['conv2d_1', 'dense_1']);
    await playing;
    expect((await request('train', { steps: 1, collect: true })).steps).toBe(1);
  });
});

describe('a run that begins with given weights', () => {
  const sgd = { ...tinySettings };

  it('goes on as if it had never stopped, where the optimizer has no state', async () => {
    const whole = await createReadySession({}, sgd);
    const all = await whole.request('train', { steps: 12, collect: true });
    const first = await createReadySession({}, sgd);
    await first.request('train', { steps: 7 });
    const { step, weights } = await first.request('snapshot', {});
    expect(step).toBe(7);
    const second = await createReadySession({}, sgd);
    await second.request('setModel', { model: tinyModel, start: { weights, step, source: 'restored' } });
    expect(second.eventsOf('run').at(-1)!.source).toBe('restored');
    expect(second.eventsOf('state').at(-1)).toMatchObject({ state: 'paused', step: 7, epoch: 1 });
    expect((await second.request('train', { steps: 5, collect: true })).loss).toEqual(all.loss.slice(7));
    expect(second.eventsOf('state').at(-1)).toMatchObject({ state: 'paused', step: 12 });
  });

  it('goes on as if it had never stopped with what the optimizer remembers, also once the images arrive', async () => {
    const adam = {
      ...tinySettings,
      optimizer: { kind: 'adam' as const, learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    };
    const normalized = model(
      conv(),
      createLayer('batchNormalization'),
      pool!,
      createLayer('dropout', { rate: 0.4 }),
      flatten!,
      dense!,
    );
    const whole = await createReadySession({}, adam);
    await whole.request('setModel', { model: normalized });
    const all = await whole.request('train', { steps: 12, collect: true });

    const first = await createReadySession({}, adam);
    await first.request('setModel', { model: normalized });
    await first.request('train', { steps: 7 });
    const { step, weights, optimizer } = await first.request('snapshot', {});
    expect(optimizer.step).toBe(7);
    expect(optimizer.moments.map((moment) => Object.keys(moment))).toEqual(
      Array(2).fill(['conv2d_1', 'batchNormalization_1', 'dense_1']),
    );

    const { request } = createTestSession();
    await request('start', { backend: 'cpu' });
    await request('configure', { settings: adam });
    await request('setModel', { model: normalized, start: { weights, step, optimizer, source: 'restored' } });
    expect(await request('snapshot', {})).toMatchObject({ step: 7, optimizer });
    await request('setDataset', { dataset: stripes() });
    expect((await request('train', { steps: 5, collect: true })).loss).toEqual(all.loss.slice(7));
    expect(await request('getWeights', {})).toEqual(await whole.request('getWeights', {}));
  });

  it('refuses what another optimizer remembers', async () => {
    const { request } = await createReadySession({}, sgd);
    const { weights, optimizer } = await request('snapshot', {});
    expect(optimizer).toEqual({ step: 0, moments: [] });
    const start = { weights, step: 3, source: 'restored' as const, optimizer: { step: 3, moments: [weights] } };
    await expect(request('setModel', { model: tinyModel, start })).rejects.toThrow(
      /sgd remembers 0 moments, but 1 are given/,
    );
  });

  it('keeps weights and step when the first data arrive, and begins anew with other data', async () => {
    const trained = await createReadySession();
    await trained.request('train', { steps: 3 });
    const { weights } = await trained.request('snapshot', {});
    const { request, eventsOf } = createTestSession();
    await request('start', { backend: 'cpu' });
    await request('configure', { settings: tinySettings });
    await request('setModel', { model: tinyModel, start: { weights, step: 3, source: 'restored' } });
    expect(await request('snapshot', {})).toMatchObject({ step: 3, weights });
    await request('setDataset', { dataset: stripes() });
    expect(await request('snapshot', {})).toMatchObject({ step: 3, weights });
    expect(eventsOf('run').at(-1)!.source).toBe('restored');
    expect(eventsOf('state').at(-1)).toMatchObject({ state: 'paused', step: 3 });
    await request('setDataset', { dataset: stripes(60, 20, 2) });
    expect(await request('snapshot', {})).toMatchObject({ step: 0 });
    expect(await request('getWeights', {})).not.toEqual(weights);
  });

  it('becomes fresh by reset', async () => {
    const { request, eventsOf } = await createReadySession();
    const fresh = await request('getWeights', {});
    await request('train', { steps: 3 });
    const { weights } = await request('snapshot', {});
    await request('setModel', { model: tinyModel, start: { weights, step: 3, source: 'file' } });
    await request('reset', {});
    expect(await request('getWeights', {})).toEqual(fresh);
    expect(eventsOf('run').at(-1)!.source).toBeUndefined();
    expect(eventsOf('state').at(-1)).toMatchObject({ state: 'idle', step: 0 });
  });

  it('refuses weights that do not fit, and a step that is none, and changes nothing', async () => {
    const { request, session } = await createReadySession();
    const { runId } = session;
    const bad = { dense_1: { bias: { shape: [4], data: new Float32Array(4) } } };
    await expect(
      request('setModel', { model: tinyModel, start: { weights: bad, step: 0, source: 'file' } }),
    ).rejects.toThrow(/dense_1, bias/);
    for (const step of [-1, 0.5, NaN]) {
      await expect(
        request('setModel', { model: tinyModel, start: { weights: {}, step, source: 'file' } }),
      ).rejects.toThrow(/begin at step/);
    }
    expect(session.runId).toBe(runId);
  });

  it('tells weights and step of one moment while it trains', async () => {
    const { request, eventsOf } = await createReadySession({}, sgd);
    const playing = request('train', {});
    await until(() => eventsOf('metrics').length > 0);
    const { step, weights, runId } = await request('snapshot', {});
    expect(eventsOf('state').at(-1)).toMatchObject({ state: 'running', runId });
    await request('pause', {});
    await playing;
    await request('reset', {});
    await request('train', { steps: step });
    expect(await request('getWeights', {})).toEqual(weights);
  });
});
