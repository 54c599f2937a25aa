import type { Counts, PeerId } from './api';
import { countGpuCalls } from './count';
import { fetchWork, type Peer, type Trainer } from './work';

// Has to run before any peer opens its device.
const counts = countGpuCalls();

/** Each peer is loaded on demand: a page holds only one. */
const openers: Record<PeerId, () => Promise<Peer>> = {
  ours: async () => (await import('./ours')).openOurs(),
  'jax-js-webgpu': async () => (await import('./jax')).openJax('webgpu'),
  'jax-js-wasm': async () => (await import('./jax')).openJax('wasm'),
  'tfjs-webgpu': async () => (await import('./tfjs')).openTfjs('webgpu'),
  'tfjs-webgl': async () => (await import('./tfjs')).openTfjs('webgl'),
  convnetjs: async () => (await import('./convnet')).openConvnet(),
};

let peer: Peer | null = null;
const trainers = new Map<string, Trainer>();

window.bench = {
  async open(id) {
    peer = await openers[id]();
    return peer.name;
  },
  async begin(row, steps, patience) {
    const work = await fetchWork(row);
    const start = performance.now();
    const trainer = await peer!.create(work);
    const losses = [await trainer.run(1)];
    const firstStepMs = performance.now() - start;
    while (losses.length < steps) {
      const before = performance.now();
      losses.push(await trainer.run(1));
      const ms = performance.now() - before;
      if (ms > 1000 * patience) throw new Error(`left out, because a step takes ${(ms / 1000).toFixed(0)} s`);
    }
    trainers.set(row, trainer);
    const msPerStep = (performance.now() - start - firstStepMs) / (steps - 1);
    return { losses, firstStepMs, msPerStep };
  },
  async time(row, steps) {
    const before = { ...counts };
    const start = performance.now();
    await trainers.get(row)!.run(steps);
    const ms = performance.now() - start;
    const perStep = (key: keyof Counts) => (counts[key] - before[key]) / steps;
    return { msPerStep: ms / steps, dispatches: perStep('dispatches'), submits: perStep('submits') };
  },
  profile: async (row, steps) => (await import('./profile')).profileRow(row, steps),
};
