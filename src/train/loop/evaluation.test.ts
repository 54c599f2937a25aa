import { describe, expect, it } from 'vitest';
import { answersOf, argMax, evaluateLogits, softmaxRows, summarize } from './evaluation';

describe('evaluateLogits', () => {
  it('gives mean cross-entropy, accuracy and confusion[actual][predicted]', () => {
    const { loss, accuracy, confusion } = evaluateLogits(Float32Array.of(0, 0, 0, 1000), [0, 0], 2);
    expect(loss).toBeCloseTo((Math.log(2) + 1000) / 2, 10);
    expect(accuracy).toBe(0.5);
    expect(confusion).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });

  it('counts logits that are not finite as wrong', () => {
    const { loss, accuracy } = evaluateLogits(Float32Array.of(NaN, 0), [0], 2);
    expect([loss, accuracy]).toEqual([NaN, 0]);
  });
});

describe('answersOf', () => {
  it('gives prediction, softmax and cross-entropy of each image', () => {
    // Two images, three classes; softmax of (0, ln 2, 0) is (1/4, 1/2, 1/4).
    const logits = Float32Array.of(0, Math.LN2, 0, 5, 5, 5);
    const answers = answersOf(logits, [2, 0], 3);
    expect([...answers.predicted]).toEqual([1, 0]);
    expect(answers.confidence[0]).toBeCloseTo(0.5, 6);
    expect(answers.confidence[1]).toBeCloseTo(1 / 3, 6);
    expect(answers.loss[0]).toBeCloseTo(Math.log(4), 6);
    expect(answers.loss[1]).toBeCloseTo(Math.log(3), 6);
    expect(summarize(answers, [2, 0], 3)).toMatchObject({
      accuracy: 0.5,
      loss: (answers.loss[0]! + answers.loss[1]!) / 2,
    });
  });

  it('has no confidence where a logit is not finite', () => {
    const { predicted, confidence, loss } = answersOf(Float32Array.of(0, Infinity, 0, 1), [1, 1], 2);
    expect([...predicted]).toEqual([0, 1]);
    expect([confidence[0], loss[0]]).toEqual([NaN, NaN]);
    expect(confidence[1]).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
  });
});

describe('softmaxRows', () => {
  it('does not overflow', () => {
    expect([...softmaxRows(Float32Array.of(1e30, 0, -1e30, -1e30), 2)]).toEqual([1, 0, 0.5, 0.5]);
  });

  it('takes the first of equal maxima', () => {
    expect(argMax([1, 3, 3])).toBe(1);
  });
});
