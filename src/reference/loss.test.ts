import { describe, expect, it } from 'vitest';
import { predictions, softmax, softmaxCrossEntropy } from './loss';

describe('softmax cross-entropy', () => {
  it('is ln(classes) for equal logits, and its gradient (p - onehot) / n', () => {
    const gradient = new Float64Array(6).fill(NaN);
    const { loss, accuracy } = softmaxCrossEntropy(new Float64Array(6), Uint8Array.of(0, 2), 2, 3, gradient);
    expect(loss).toBeCloseTo(Math.log(3), 14);
    expect(accuracy).toBe(0.5);
    [-1 / 3, 1 / 6, 1 / 6, 1 / 6, 1 / 6, -1 / 3].forEach((expected, i) =>
      expect(gradient[i]).toBeCloseTo(expected, 14),
    );
  });

  it.each([1e2, 1e4, 1e30])('stays finite with logits around %d', (scale) => {
    const gradient = new Float32Array(3);
    const { loss } = softmaxCrossEntropy(Float32Array.of(scale, 0, -scale), Uint8Array.of(2), 1, 3, gradient);
    expect(loss / (2 * scale)).toBeCloseTo(1, 6);
    expect([...gradient]).toEqual([1, expect.closeTo(0, 30), -1]);
  });

  it('agrees with central differences', () => {
    const logits = Float64Array.of(0.3, -1.2, 2, 0.7, 0.1, 5, -3, 0.5);
    const labels = Uint8Array.of(3, 0);
    const gradient = new Float64Array(8);
    softmaxCrossEntropy(logits, labels, 2, 4, gradient);
    const at = (i: number, step: number) =>
      softmaxCrossEntropy(
        logits.map((z, j) => (i === j ? z + step : z)),
        labels,
        2,
        4,
      ).loss;
    gradient.forEach((g, i) => expect(Math.abs((at(i, 1e-5) - at(i, -1e-5)) / 2e-5 - g)).toBeLessThan(1e-9));
  });

  it('keeps the digits of a gradient that is almost 0, where the network is sure of the right class', () => {
    const gradient = new Float64Array(2);
    softmaxCrossEntropy(Float64Array.of(40, 0), Uint8Array.of(0), 1, 2, gradient);
    const small = 1 / (1 + Math.exp(40));
    expect(gradient[0]! / -small).toBeCloseTo(1, 12);
    expect(gradient[1]! / small).toBeCloseTo(1, 12);
  });

  it('says NaN when a logit is not a number or infinite, instead of hiding it', () => {
    for (const bad of [NaN, Infinity]) {
      expect(softmaxCrossEntropy(Float32Array.of(0, bad, 1), Uint8Array.of(0), 1, 3).loss).toBeNaN();
    }
  });

  it('names a label that is no class, and a missing one', () => {
    expect(() => softmaxCrossEntropy(new Float32Array(3), Uint8Array.of(3), 1, 3)).toThrow(
      'the label of image 0 is 3, but',
    );
    expect(() => softmaxCrossEntropy(new Float32Array(6), Uint8Array.of(0), 2, 3)).toThrow(
      'the label of image 1 is missing',
    );
  });
});

describe('probabilities and predictions', () => {
  it('sum to one per row, and the first largest wins', () => {
    const logits = Float32Array.of(1, 3, 3, 1000, 0, -1000);
    const result = softmax(logits, 2, 3);
    expect(result[0]! + result[1]! + result[2]!).toBeCloseTo(1, 6);
    expect([...result.slice(3)]).toEqual([1, 0, 0]);
    expect([...predictions(logits, 2, 3)]).toEqual([1, 0]);
  });
});
