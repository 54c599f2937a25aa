import { describe, expect, it } from 'vitest';
import type { StepResult } from '../../backend/engine';
import { MetricsRecorder } from './metrics';

describe('MetricsRecorder', () => {
  it('hands every step on, at most ten times a second', () => {
    let clock = 0;
    const columns: { firstStep: number; loss: Float32Array }[] = [];
    const recorder = new MetricsRecorder(
      0,
      (one) => columns.push(one),
      () => clock,
    );
    const step = (number: number): StepResult => ({
      step: number,
      loss: number,
      accuracy: 0,
      norms: new Float32Array(0),
      halted: false,
    });
    for (let number = 1; number <= 100; number++) {
      clock += 7;
      recorder.add([step(number)], number, 1, 7);
    }
    recorder.flush();
    // Of 700 ms, the first columns come at once, then one set every 105 ms, and the pending ones at
    // the end.
    expect(columns.length).toBe(8);
    expect(columns.flatMap(({ loss }) => [...loss])).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(columns.map(({ firstStep, loss }) => firstStep === loss[0])).not.toContain(false);
  });

  it('gives speeds that agree with each other, whatever the chunks took', () => {
    const speeds: number[][] = [];
    const recorder = new MetricsRecorder(
      0,
      ({ examplesPerSecond, msPerStep }) => speeds.push([examplesPerSecond, msPerStep]),
      () => 0,
    );
    const result = { step: 0, loss: 0, accuracy: 0, norms: new Float32Array(0), halted: false };
    [400, 3, 80, 1, 250, 0.5].forEach((ms, i) => {
      recorder.add([result, result], 1 + 2 * i, 2 * 128, ms);
      recorder.flush();
    });
    expect(speeds).toHaveLength(6);
    for (const [perSecond, ms] of speeds) expect((perSecond! * ms!) / 1000).toBeCloseTo(128, 9);
    // The first chunk waited for shaders: it does not count from the second on.
    expect(speeds[1]).toEqual([(256 / 3) * 1000, 1.5]);
  });
});
