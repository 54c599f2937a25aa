import { describe, expect, it } from 'vitest';
import { initialWeights } from '../../model/initialize';
import { resolveModel } from '../../model/resolve';
import { createCpuEngine } from '../../backend/cpu/cpu-engine';
import type { StepRequest, StepResult } from '../../backend/engine';
import { ChunkSizer, pumpSteps } from './pump';
import { tinyModel, tinySettings } from '../session/session.test-helper';

describe('pumpSteps', () => {
  const request = (step: number): StepRequest => ({ step, offset: 0, count: 1, learningRate: 0 });
  const result = (step: number): StepResult => ({
    step,
    loss: 0,
    accuracy: 0,
    norms: new Float32Array(0),
    halted: false,
  });

  /** A backend with its own clock, on which each step takes 2 ms. */
  function createClockwork(total: number) {
    let [clock, inFlight, mostInFlight, submitted] = [0, 0, 0, 0];
    const chunks: number[] = [];
    const trainSteps = async (steps: readonly StepRequest[]) => {
      mostInFlight = Math.max(mostInFlight, ++inFlight);
      chunks.push(steps.length);
      await new Promise((resolve) => setTimeout(resolve, 1));
      clock += 2 * steps.length;
      inFlight--;
      return steps.map(({ step }) => result(step));
    };
    const next = (most: number) =>
      Array.from({ length: Math.min(most, total - submitted) }, () => request(++submitted));
    return { trainSteps, next, chunks, now: () => clock, mostInFlight: () => mostInFlight };
  }

  it('keeps two chunks in flight and lets them grow to about 60 ms', async () => {
    const network = await createCpuEngine().createNetwork(
      resolveModel(tinyModel),
      initialWeights(resolveModel(tinyModel), 1),
      tinySettings,
    );
    const { trainSteps, next, chunks, now, mostInFlight } = createClockwork(300);
    const steps: number[] = [];
    const done = (results: StepResult[]) => void steps.push(...results.map(({ step }) => step));
    await pumpSteps({
      network: Object.assign(network, { trainSteps }),
      sizer: new ChunkSizer(),
      guard: (promise) => promise,
      next,
      done,
      now,
    });
    expect(steps).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
    expect(mostInFlight()).toBe(2);
    expect(chunks[0]).toBe(1);
    expect(Math.max(...chunks)).toBe(30);
  });

  it('shrinks chunks at once when steps become slow', () => {
    const sizer = new ChunkSizer();
    for (let i = 0; i < 10; i++) sizer.measure(sizer.size, 1);
    expect(sizer.size).toBe(256);
    sizer.measure(256, 25_600);
    expect(sizer.size).toBe(1);
  });
});
