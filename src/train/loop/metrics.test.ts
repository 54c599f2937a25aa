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
});
