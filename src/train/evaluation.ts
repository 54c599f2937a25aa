import type { Dataset } from '../data/dataset';
import type { Network } from '../runtime/engine';
import type { Evaluation } from './protocol';

/** How the network does on some images of the data set, with its weights as of the call. */
export async function evaluateRows(network: Network, dataset: Dataset, set: 'train' | 'test', rows: Uint32Array): Promise<Evaluation> {
  const logits = await network.evaluate(set, rows);
  return evaluateLogits(
    logits,
    Array.from(rows, (row) => dataset[set].labels[row]),
    dataset.classes,
  );
}

/**
 * Mean cross-entropy, accuracy and confusion matrix from logits.
 * @param logits [n, classes]
 * @param labels [n]
 * @returns loss in nats; NaN where logits are not finite, which then count as wrong and as class 0.
 */
export function evaluateLogits(logits: Float32Array, labels: ArrayLike<number>, classes: number): Evaluation {
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const count = labels.length;
  let loss = 0;
  let hits = 0;
  for (let i = 0; i < count; i++) {
    const row = logits.subarray(i * classes, (i + 1) * classes);
    const predicted = argMax(row);
    confusion[labels[i]][predicted]++;
    loss += crossEntropy(row, labels[i]);
    if (predicted === labels[i] && row.every(Number.isFinite)) hits++;
  }
  return { loss: loss / count, accuracy: hits / count, confusion };
}

/** Index of the largest value, the first of several. */
export function argMax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}

/** log(sum(exp(z))) - z[label], with the maximum subtracted so that exp cannot overflow. */
function crossEntropy(logits: Float32Array, label: number): number {
  const largest = logits[argMax(logits)];
  let sum = 0;
  for (const z of logits) sum += Math.exp(z - largest);
  return Math.log(sum) + largest - logits[label];
}

/**
 * Softmax of each row.
 * @param logits [n, classes]
 * @returns probabilities [n, classes]
 */
export function softmaxRows(logits: Float32Array, classes: number): Float32Array {
  const result = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += classes) {
    const row = logits.subarray(start, start + classes);
    const largest = row[argMax(row)];
    const powers = Array.from(row, (z) => Math.exp(z - largest));
    const sum = powers.reduce((total, power) => total + power, 0);
    powers.forEach((power, c) => (result[start + c] = power / sum));
  }
  return result;
}
