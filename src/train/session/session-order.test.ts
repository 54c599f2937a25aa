import { describe, expect, it } from 'vitest';
import { createCpuEngine } from '../../backend/cpu/cpu-engine';
import type { Engine } from '../../backend/engine';
import { createReadySession, createTestSession, stripes, tinyModel, tinySettings, until } from './session.test-helper';

/** Waits long enough to notice a loop that should not run. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 50));

describe('what is asked for while a network is made happens in turn', () => {
  it('play and pause: it is paused', async () => {
    const { request, eventsOf } = await createReadySession();
    const playing = Promise.all([request('setModel', { model: tinyModel }), request('train', {})]);
    await request('pause', {});
    await playing;
    expect(eventsOf('state').at(-1)!.state).not.toBe('running');
  });

  it('pause and play: it plays', async () => {
    const { request, eventsOf } = await createReadySession();
    void request('setModel', { model: tinyModel });
    void request('pause', {});
    const playing = request('train', {});
    await until(() => eventsOf('metrics').length > 0);
    expect(eventsOf('state').at(-1)!.state).toBe('running');
    await request('pause', {});
    await playing;
  });

  it('play and reset: nothing trains the new run in secret', async () => {
    const { request, eventsOf } = await createReadySession();
    const playing = Promise.all([request('setModel', { model: tinyModel }), request('train', {})]);
    await request('reset', {});
    await playing;
    expect(eventsOf('state').at(-1)).toMatchObject({ state: 'idle', step: 0 });
    const weights = await request('getWeights', {});
    await aWhile();
    expect(await request('getWeights', {})).toEqual(weights);
  });

  it('a step on a traced batch and reset: the step is refused', async () => {
    const { request } = await createReadySession();
    const trace = await request('trace', {});
    const update = expect(request('updateOnTrace', trace)).rejects.toThrow(/moved on/);
    await Promise.resolve();
    await request('reset', {});
    await update;
    const weights = await request('getWeights', {});
    await request('reset', {});
    expect(await request('getWeights', {})).toEqual(weights);
  });
});

describe('a backend that dies', () => {
  /** An engine whose networks stop answering before it reports its loss. */
  function dyingEngine() {
    let tell: (reason: string) => void = () => undefined;
    const lost = new Promise<string>((resolve) => (tell = resolve));
    let silent = false;
    const cpu = createCpuEngine();
    const engine: Engine = {
      ...cpu,
      lost,
      async createNetwork(...given) {
        const network = await cpu.createNetwork(...given);
        const { trainSteps } = network;
        network.trainSteps = (steps) => (silent ? new Promise(() => undefined) : trainSteps.call(network, steps));
        return network;
      },
    };
    return { engine, silence: () => (silent = true), tell: () => tell('unplugged') };
  }

  it('does not hold up the change that waits for the end of its last steps', async () => {
    const { engine, silence, tell } = dyingEngine();
    const cpu = async () => createCpuEngine();
    let made = 0;
    const { request, eventsOf } = createTestSession({
      factories: { webgpu: async () => (made++ === 0 ? engine : cpu()), cpu },
    });
    await request('start', { backend: 'webgpu' });
    await request('configure', { settings: tinySettings });
    await request('setDataset', { dataset: stripes() });
    await request('setModel', { model: tinyModel });
    const playing = request('train', {});
    await until(() => eventsOf('metrics').length > 0);
    silence();
    await aWhile();
    const reset = request('reset', {});
    await aWhile();
    tell();
    await Promise.all([reset, playing]);
    await until(() => eventsOf('problem').length === 1);
    expect(eventsOf('state').at(-1)).toMatchObject({ state: 'idle', step: 0 });
    expect((await request('train', { steps: 2 })).steps).toBe(2);
  });

  it('is closed where it cannot take what there is', async () => {
    const { request, session } = await createReadySession();
    let closed = false;
    const engine: Engine = {
      ...createCpuEngine(),
      setDataset: () => Promise.reject(new Error('no room')),
      dispose: () => (closed = true),
    };
    Object.assign(session.host, {
      create: async () => ({ engine, info: { backend: 'webgpu', adapter: '', software: false, note: '' } }),
    });
    await expect(request('start', { backend: 'webgpu' })).rejects.toThrow('no room');
    expect(closed).toBe(true);
    expect((await request('train', { steps: 1 })).steps).toBe(1);
  });
});
