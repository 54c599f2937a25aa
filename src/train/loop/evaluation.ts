import { at } from '../../at';
import type { Dataset } from '../../data/dataset';
import type { Network } from '../../backend/engine';
import type { Evaluation } from '../wire/protocol';

/** Evaluates the network on some images of the data set, with the weights as of the call. */
export async function evaluateRows(
  network: Network,
  dataset: Dataset,
  set: 'train' | 'test',
  rows: Uint32Array,
): Promise<Evaluation> {
  const logits = await network.evaluate(set, rows);
  return evaluateLogits(logits, labelsOf(dataset, set, rows), dataset.classes);
}

/** Labels [n] of rows of an image set. */
export function labelsOf(dataset: Dataset, set: 'train' | 'test', rows: Uint32Array): Uint8Array {
  const { labels } = dataset[set];
  return Uint8Array.from(rows, (row) => at(labels, row));
}

/** What a network says about images, one entry each. */
export interface Answers {
  predicted: Uint8Array;
  /** Softmax at the predicted class. */
  confidence: Float32Array;
  /** Cross-entropy in nats. */
  loss: Float64Array;
}

/**
 * The answer to each image. If the logits are not finite, the answer is class 0 with NaN as
 * confidence and as loss.
 * @param logits [n, classes]
 * @param labels [n]
 */
export function answersOf(logits: Float32Array, labels: ArrayLike<number>, classes: number): Answers {
  const count = labels.length;
  const predicted = new Uint8Array(count);
  const confidence = new Float32Array(count).fill(NaN);
  const loss = new Float64Array(count).fill(NaN);
  for (let i = 0; i < count; i++) {
    const row = logits.subarray(i * classes, (i + 1) * classes);
    if (!row.every(Number.isFinite)) continue;
    const logSum = logSumExp(row);
    const answer = argMax(row);
    predicted[i] = answer;
    confidence[i] = Math.exp((row[answer] ?? NaN) - logSum);
    loss[i] = logSum - (row[at(labels, i)] ?? NaN);
  }
  return { predicted, confidence, loss };
}

/**
 * Mean cross-entropy, accuracy and confusion matrix of a set of answers.
 * @param labels [n]
 * @returns loss in nats; NaN if an answer is not finite. Such an answer counts as wrong and as
 * class 0.
 */
export function summarize(
  { predicted, confidence, loss }: Answers,
  labels: ArrayLike<number>,
  classes: number,
): Evaluation {
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const count = labels.length;
  let sum = 0;
  let hits = 0;
  for (let i = 0; i < count; i++) {
    const [label, answer] = [at(labels, i), at(predicted, i)];
    const row = at(confusion, label);
    row[answer] = at(row, answer) + 1;
    sum += loss[i] ?? NaN;
    if (answer === label && Number.isFinite(confidence[i])) hits++;
  }
  return { loss: sum / count, accuracy: hits / count, confusion };
}

/** {@link summarize} of {@link answersOf}. */
export function evaluateLogits(logits: Float32Array, labels: ArrayLike<number>, classes: number): Evaluation {
  return summarize(answersOf(logits, labels, classes), labels, classes);
}

/** Index of the largest value, the first of several. */
export function argMax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (at(values, i) > at(values, best)) best = i;
  return best;
}

/** Loss of one image in nats: log(sum(exp(z))) - z[label]. @param logits [classes] */
export function crossEntropy(logits: Float32Array, label: number): number {
  return logSumExp(logits) - (logits[label] ?? NaN);
}

/** log(sum(exp(z))), with the maximum subtracted so that exp cannot overflow. */
function logSumExp(logits: Float32Array): number {
  const largest = logits[argMax(logits)] ?? NaN;
  let sum = 0;
  for (const z of logits) sum += Math.exp(z - largest);
  return Math.log(sum) + largest;
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
    const largest = row[argMax(row)] ?? NaN;
    const powers = Array.from(row, (z) => Math.exp(z - largest));
    const sum = powers.reduce((total, power) => total + power, 0);
    powers.forEach((power, c) => (result[start + c] = power / sum));
  }
  return result;
}
