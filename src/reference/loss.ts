import { PlaygroundError } from '../errors';
import type { Numbers } from './numbers';

/** Loss and accuracy of a batch. */
export interface LossResult {
  /** Mean cross-entropy over the batch. */
  loss: number;
  /** Share of rows whose largest logit is the label's (the first one, in a tie). */
  accuracy: number;
}

/**
 * Softmax cross-entropy from logits: L = mean over rows of log(sum_j exp(z_j)) - z_label. The row's
 * maximum is subtracted first, so nothing overflows. The gradient is dL/dz = (softmax(z) -
 * onehot(label)) / batch.
 * @param logits [batch, classes]
 * @param labels [batch]
 * @param gradient dL/d(logits), [batch, classes], written if given
 * @throws PlaygroundError if a label is not one of the classes.
 */
export function softmaxCrossEntropy(
  logits: Numbers,
  labels: Uint8Array,
  batch: number,
  classes: number,
  gradient?: Numbers,
): LossResult {
  let total = 0;
  let correct = 0;
  for (let row = 0; row < batch; row++) {
    const label = labels[row];
    if (label === undefined || label >= classes) throw labelError(label, row, classes);
    const from = row * classes;
    const predicted = argmax(logits, from, classes);
    const max = logits[from + predicted] ?? NaN;
    let sum = 0;
    let others = 0;
    for (let j = 0; j < classes; j++) {
      const term = Math.exp((logits[from + j] ?? NaN) - max);
      sum += term;
      if (j !== label) others += term;
    }
    total += Math.log(sum) + max - (logits[from + label] ?? NaN);
    if (predicted === label) correct++;
    if (!gradient) continue;
    for (let j = 0; j < classes; j++) gradient[from + j] = Math.exp((logits[from + j] ?? NaN) - max) / sum / batch;
    // The label's own gradient is its probability - 1. That difference would cancel where the network
    // is sure of the label, so it is computed from the other classes instead.
    gradient[from + label] = -others / sum / batch;
  }
  return { loss: total / batch, accuracy: correct / batch };
}

/** Probabilities [batch, classes] of logits [batch, classes]. */
export function softmax<T extends Numbers>(logits: T, batch: number, classes: number): T {
  const result = logits.slice(0, batch * classes) as T;
  for (let from = 0; from < batch * classes; from += classes) {
    const max = logits[from + argmax(logits, from, classes)] ?? NaN;
    let sum = 0;
    for (let j = from; j < from + classes; j++) sum += Math.exp((logits[j] ?? NaN) - max);
    for (let j = from; j < from + classes; j++) result[j] = Math.exp((logits[j] ?? NaN) - max) / sum;
  }
  return result;
}

/** The predicted class of every row: the first largest logit. */
export function predictions(logits: Numbers, batch: number, classes: number): Uint16Array {
  return Uint16Array.from({ length: batch }, (_, row) => argmax(logits, row * classes, classes));
}

function argmax(values: Numbers, from: number, count: number): number {
  let best = 0;
  for (let j = 1; j < count; j++) if ((values[from + j] ?? NaN) > (values[from + best] ?? NaN)) best = j;
  return best;
}

function labelError(label: number | undefined, row: number, classes: number): PlaygroundError {
  return new PlaygroundError(
    `the label of image ${row} is ${label ?? 'missing'}, but the network has ${classes} classes.`,
    {
      where: { field: 'labels' },
      remedy: `Use labels from 0 to ${classes - 1}, one for each image.`,
    },
  );
}
