import { describe, expect, it } from 'vitest';
import { customDataset } from '../../data/custom';
import { createLayer } from '../../model/spec';
import { PlaygroundError } from '../../errors';
import { createCpuEngine } from '../../backend/cpu/cpu-engine';
import type { Engine } from '../../backend/engine';
import type { Requests, RequestType } from '../wire/protocol';
import {
  createReadySession,
  createTestSession,
  noSources,
  stripes,
  tinyModel,
  tinySettings,
  until,
} from './session.test-helper';

describe('bad input', () => {
  const cases: { [T in RequestType]?: [Requests[T]['command'], RegExp][] } = {
    predict: [
      [{ images: new Float32Array(35) }, /images.*35 numbers.*36/],
      [{ images: new Float32Array(0) }, /no image/],
      [{ images: new Float32Array(36).fill(NaN) }, /NaN/],
    ],
    backward: [
      [{ images: new Float32Array(36), labels: Uint8Array.of(3) }, /labels.*3.*3 classes/],
      [{ images: new Float32Array(72), labels: Uint8Array.of(0) }, /1 labels for 2 images/],
    ],
    setWeights: [
      [{ weights: { dense_9: {} } }, /dense_9.*no such layer.*conv2d_1, dense_1/],
      [{ weights: { dense_1: { bias: { shape: [4], data: new Float32Array(4) } } } }, /dense_1, bias.*\[4\].*\[3\]/],
      [{ weights: { dense_1: { bias: { shape: [3], data: Float32Array.of(0, NaN, 0) } } } }, /dense_1, bias.*NaN/],
      [{ weights: { maxPool2d_1: { weight: { shape: [], data: new Float32Array(1) } } } }, /no such tensor/],
    ],
    train: [
      [{ steps: 0 }, /steps.*at least 1/],
      [{ epochs: 1.5 }, /epochs/],
      [{ epochs: 1, steps: 1 }, /not both/],
    ],
    evaluate: [[{ split: 'every' as 'test' }, /no split "every"/]],
    samples: [[{ split: 'test', rows: [20] }, /no test image 20.*0 to 19/]],
    inspect: [[{ layer: 'dense_7', image: { split: 'test', row: 0 } }, /dense_7/]],
    thumbnails: [[{ image: { pixels: new Float32Array(36), label: 5 } }, /label 5/]],
    setModel: [[{ model: { ...tinyModel, layers: [createLayer('dense')] } }, /Flatten/]],
    configure: [[{ settings: { ...tinySettings, batchSize: 0 } }, /batchSize/]],
    setDataset: [[{ dataset: { ...stripes(), labels: new Uint8Array(3) } }, /images/]],
  };

  for (const type of Object.keys(cases) as RequestType[]) {
    it(`${type} says what is wrong and changes nothing`, async () => {
      const { request, session, eventsOf } = await createReadySession();
      await request('train', { steps: 2 });
      const [weights, run] = [await request('getWeights', {}), session.runId];
      for (const [command, message] of cases[type]!) {
        const failure = await request(type, command).catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(PlaygroundError);
        expect((failure as Error).message).toMatch(message);
      }
      expect(await request('getWeights', {})).toEqual(weights);
      expect(session.runId).toBe(run);
      expect(eventsOf('state').at(-1)).toMatchObject({ state: 'paused', step: 2 });
    });
  }

  it('says what is missing before there is a network, data or validation images', async () => {
    const { request } = createTestSession();
    await expect(request('setModel', { model: tinyModel })).rejects.toThrow(/no backend/);
    await request('start', { backend: 'cpu' });
    await expect(request('getWeights', {})).rejects.toThrow(/no network/);
    await request('setModel', { model: tinyModel });
    await expect(request('train', {})).rejects.toThrow(/no images/);
    await request('configure', { settings: { ...tinySettings, validationSplit: 0 } });
    await request('setDataset', { dataset: stripes() });
    await expect(request('evaluate', { split: 'validation' })).rejects.toThrow(/no validation images/);
    expect((await request('train', { steps: 1 })).steps).toBe(1);
  });

  it('lets a network that does not fit the data do all but train', async () => {
    const { request } = await createReadySession();
    const model = {
      ...tinyModel,
      input: [4, 5, 2] as const,
      layers: [createLayer('flatten'), createLayer('dense', { units: 2 })],
    };
    await request('setModel', { model });
    const { gradients } = await request('backward', {
      images: new Float32Array(40).fill(0.5),
      labels: Uint8Array.of(1),
    });
    expect(gradients.dense_1!.weight!.shape).toEqual([40, 2]);
    await expect(request('train', {})).rejects.toThrow(/4 x 5 x 2.*6 x 6 x 1/);
    await expect(request('evaluate', { split: 'test' })).rejects.toThrow(/4 x 5 x 2/);
  });
});

describe('weights', () => {
  it('come back as they were set, and a part of them leaves the rest', async () => {
    const { request, eventsOf } = await createReadySession();
    const before = await request('getWeights', {});
    const bias = { shape: [3], data: Float32Array.of(1, 2, 3) };
    await request('setWeights', { weights: { dense_1: { bias } } });
    const after = await request('getWeights', {});
    expect(after).toEqual({ ...before, dense_1: { ...before.dense_1, bias } });
    await request('train', { steps: 5 });
    await request('setWeights', { weights: after });
    expect(await request('getWeights', {})).toEqual(after);
    expect(eventsOf('state').at(-1)).toMatchObject({ state: 'idle', step: 0 });
  });

  it('give the same run from the same weights, whatever was trained before', async () => {
    const settings = {
      ...tinySettings,
      optimizer: { kind: 'adam' as const, learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    };
    const { request } = await createReadySession({}, settings);
    const weights = await request('getWeights', {});
    const first = await request('train', { steps: 7, collect: true });
    await request('setWeights', { weights });
    expect((await request('train', { steps: 7, collect: true })).loss).toEqual(first.loss);
  });
});

describe('looking inside while training', () => {
  it('inspects, predicts, draws thumbnails and samples without stopping', async () => {
    const { request, eventsOf } = await createReadySession();
    const playing = request('train', {});
    await until(() => eventsOf('metrics').length > 0);
    const image = { split: 'validation', row: 3 } as const;
    const inspection = await request('inspect', { layer: 'conv2d_1', image });
    expect(inspection.output.shape).toEqual([4, 4, 3]);
    expect(inspection.outputGradient!.shape).toEqual([4, 4, 3]);
    expect(inspection.weights.map(({ name, gradient }) => [name, gradient?.shape])).toEqual([
      ['weight', [3, 3, 1, 3]],
      ['bias', [3]],
    ]);
    expect(inspection.weights[0]!.histogram.counts.reduce((sum, n) => sum + n)).toBe(27);
    const unlabelled = await request('inspect', { layer: 'dense_1', image: { pixels: inspection.image.data } });
    expect([unlabelled.label, unlabelled.outputGradient]).toEqual([-1, undefined]);
    const { layers, probabilities, label } = await request('thumbnails', { image });
    expect(layers.map(({ output }) => output.shape)).toEqual([[4, 4, 3], [2, 2, 3], [12], [3]]);
    expect(label).toBe(inspection.label);
    expect(probabilities.reduce((sum, p) => sum + p)).toBeCloseTo(1, 5);
    const { images, labels } = await request('samples', { split: 'validation', rows: [3, 4] });
    expect([images.length, labels[0]]).toEqual([72, label]);
    expect(Float32Array.from(images.subarray(0, 36), (byte) => byte / 255)).toEqual(inspection.image.data);
    expect((await request('predict', { images: new Float32Array(36 * 70) })).length).toBe(210);
    expect(eventsOf('state').at(-1)!.state).toBe('running');
    await request('pause', {});
    await playing;
  });

  it('shows gradients only where this network has computed a step', async () => {
    const { request } = await createReadySession();
    const gradient = async () =>
      (await request('inspect', { layer: 'dense_1', image: { split: 'test', row: 0 } })).weights[0]!.gradient;
    expect(await gradient()).toBeUndefined();
    await request('train', { steps: 3 });
    expect((await gradient())!.data.some((value) => value !== 0)).toBe(true);
    const { weights, step, optimizer } = await request('snapshot', {});
    await request('setModel', { model: tinyModel, start: { weights, step, optimizer, source: 'restored' } });
    expect(await gradient()).toBeUndefined();
    await request('train', { steps: 1 });
    expect(await gradient()).toBeDefined();
  });

  it('benchmarks a network of its own', async () => {
    const { request } = await createReadySession();
    const weights = await request('getWeights', {});
    const { kind, learningRate } = tinySettings.optimizer;
    const result = await request('benchmark', {
      model: tinyModel,
      batchSize: 4,
      steps: 15,
      optimizer: { kind, learningRate },
    });
    expect(result.msPerStep).toBeGreaterThan(0);
    expect(result.examplesPerSecond).toBeCloseTo(4000 / result.msPerStep, 3);
    expect(await request('getWeights', {})).toEqual(weights);
  });

  it('checks gradients against differences', async () => {
    const { request } = await createReadySession();
    const checks = await request('checkGradients', {});
    expect(checks.map(({ layer, tensor }) => `${layer} ${tensor}`)).toContain('conv2d_1 weight');
    for (const { relativeError } of checks) expect(relativeError).toBeLessThan(1e-2);
  });
});

describe('a new run', () => {
  it('ends the one before, of which nothing is heard any more', async () => {
    const { request, eventsOf, events, session } = await createReadySession();
    const playing = request('train', {});
    await until(() => eventsOf('metrics').length > 0);
    const old = session.runId;
    await request('setModel', { model: { ...tinyModel, name: 'other' } });
    expect((await playing).steps).toBeGreaterThan(0);
    expect(session.runId).toBe(old + 1);
    const begun = events.findIndex((event) => event.type === 'run' && event.runId === old + 1);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(events.slice(begun).filter(({ runId }) => runId === old)).toEqual([]);
  });

  it('begins with other settings, and with other data', async () => {
    const { request, eventsOf, session } = await createReadySession();
    const first = session.runId;
    await request('configure', { settings: { ...tinySettings, validationSplit: 0.5 } });
    expect(eventsOf('run').at(-1)!.dataset!.counts).toEqual({ train: 25, validation: 25, test: 20 });
    await request('setDataset', { dataset: stripes(30, 3) });
    expect(eventsOf('run').at(-1)!.dataset!.counts).toEqual({ train: 15, validation: 15, test: 3 });
    expect(session.runId).toBe(first + 2);
  });
});

describe('while a run goes on', () => {
  it('only a new learning rate leaves it: L2, clipping and all else begin a new one', async () => {
    const { request, session } = await createReadySession();
    const first = session.runId;
    const change = (settings: object) => request('configure', { settings: { ...session.settings, ...settings } });
    await change({ optimizer: { ...tinySettings.optimizer, learningRate: 0.2 } });
    expect(session.runId).toBe(first);
    await change({ l2: 1e-3 });
    expect(session.runId).toBe(first + 1);
    await change({ globalClipnorm: 1 });
    expect(session.runId).toBe(first + 2);
    await change({ optimizer: { kind: 'nesterov', learningRate: 0.1, momentum: 0.9 } });
    expect(session.runId).toBe(first + 3);
  });
});

describe('data sets', () => {
  const named = (id: string) => ({ ...customDataset(stripes()), id });

  it('falls back to generated digits with the reason, and tries again when asked', async () => {
    let reachable = false;
    const mnist = async () => {
      if (!reachable) throw new PlaygroundError('MNIST could not be loaded.');
      return named('mnist');
    };
    const sources = { ...noSources, mnist, generated: async () => named('generated') };
    const { request, eventsOf, session } = createTestSession({ sources });
    await request('start', { backend: 'cpu' });
    await request('setModel', { model: tinyModel });
    expect((await request('setDataset', { dataset: 'mnist' })).id).toBe('generated');
    expect(eventsOf('dataset').at(-1)!.warning!.what).toContain('could not be loaded');
    const run = session.runId;
    await request('setDataset', { dataset: 'mnist', reload: true });
    expect(session.runId).toBe(run);
    reachable = true;
    expect((await request('setDataset', { dataset: 'mnist', reload: true })).id).toBe('mnist');
    expect(eventsOf('dataset').at(-1)!.warning).toBeNull();
  });

  it('takes the latest choice also where that is what is there already', async () => {
    const sources = { ...noSources, mnist: async () => named('mnist'), generated: async () => named('generated') };
    const { request, session } = createTestSession({ sources });
    await request('start', { backend: 'cpu' });
    await request('setDataset', { dataset: 'generated' });
    // The other data set is loaded, but has to wait for the network.
    const changing = request('setModel', { model: tinyModel });
    const other = expect(request('setDataset', { dataset: 'mnist' })).rejects.toThrow(/another data set/);
    await Promise.resolve();
    expect((await request('setDataset', { dataset: 'generated' })).id).toBe('generated');
    await Promise.all([changing, other]);
    expect(session.data!.dataset.id).toBe('generated');
  });

  it('takes the latest choice', async () => {
    const mnist = (_report: unknown, signal: AbortSignal) =>
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    const { request, session } = createTestSession({ sources: { ...noSources, mnist } });
    await request('start', { backend: 'cpu' });
    const slow = expect(request('setDataset', { dataset: 'mnist' })).rejects.toThrow(/another data set/);
    await request('setDataset', { dataset: stripes() });
    await slow;
    expect(session.data!.dataset.id).toBe('custom');
  });
});

describe('the backend', () => {
  it('falls back to the CPU with a note, unless WebGPU was asked for', async () => {
    const { request } = createTestSession();
    await expect(request('start', { backend: 'webgpu' })).rejects.toThrow(/no adapter/);
    const { backend, note } = await request('start', { backend: 'auto' });
    expect(backend).toBe('cpu');
    expect(note).toMatch(/CPU.*no adapter.*recent Chrome/);
  });

  /** A backend that dies on request. Its networks then never answer, as with a lost device. */
  function mortalEngine(): { engine: Engine; kill(reason: string): void } {
    let kill: (reason: string) => void = () => undefined;
    const lost = new Promise<string>((resolve) => (kill = resolve));
    let dead = false;
    void lost.then(() => (dead = true));
    const cpu = createCpuEngine();
    const engine: Engine = {
      ...cpu,
      adapter: 'mortal',
      lost,
      async createNetwork(...given) {
        const network = await cpu.createNetwork(...given);
        const { trainSteps } = network;
        network.trainSteps = (steps) => (dead ? new Promise(() => undefined) : trainSteps.call(network, steps));
        return network;
      },
    };
    return { engine, kill };
  }

  it('is replaced when it dies, and training goes on; the second time by the CPU', async () => {
    const mortals = [mortalEngine(), mortalEngine()];
    let made = 0;
    const factories = { webgpu: async () => mortals[made++]!.engine, cpu: async () => createCpuEngine() };
    const test = createTestSession({ factories });
    const { request, eventsOf, session } = test;
    await request('start', { backend: 'auto' });
    await request('configure', { settings: tinySettings });
    await request('setDataset', { dataset: stripes() });
    await request('setModel', { model: tinyModel });
    const run = session.runId;
    const playing = request('train', {});
    const lastStep = () => eventsOf('metrics').at(-1)?.firstStep ?? 0;
    await until(() => lastStep() > 1);
    mortals[0]!.kill('unplugged');
    await until(() => eventsOf('problem').length === 1);
    expect(eventsOf('problem')[0]).toMatchObject({ fatal: false, backend: { backend: 'webgpu' } });
    const between = lastStep();
    await until(() => lastStep() > between);
    mortals[1]!.kill('unplugged again');
    await until(() => eventsOf('problem').length === 2);
    expect(eventsOf('problem')[1]!.backend).toMatchObject({ backend: 'cpu' });
    expect(eventsOf('problem')[1]!.error.what).toContain('unplugged again');
    const later = lastStep();
    await until(() => lastStep() > later);
    await request('pause', {});
    expect((await playing).steps).toBe(eventsOf('state').at(-1)!.step);
    expect(session.runId).toBe(run);
  });
});
