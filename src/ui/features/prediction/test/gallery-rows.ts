import { at } from '../../../../at';
import type { Classification } from '../../../../train/wire/protocol';

export type Outcome = 'all' | 'right' | 'wrong';
export type GalleryOrder = 'row' | 'unsure' | 'sure' | 'worst' | 'best';

/** Which images the gallery shows, and in which order. */
export interface GalleryChoice {
  /** The true class; null for all. */
  actual: number | null;
  /** The class that the network chose; null for all. */
  predicted: number | null;
  outcome: Outcome;
  order: GalleryOrder;
}

export const EVERYTHING: GalleryChoice = { actual: null, predicted: null, outcome: 'all', order: 'row' };

/** The orders in which they are offered. */
export const ORDERS: readonly { value: GalleryOrder; label: string }[] = [
  { value: 'row', label: 'As in the data' },
  { value: 'worst', label: 'Highest loss first' },
  { value: 'best', label: 'Lowest loss first' },
  { value: 'sure', label: 'Most confident first' },
  { value: 'unsure', label: 'Least confident first' },
];

type Answers = Pick<Classification, 'labels' | 'predicted' | 'confidence' | 'loss'>;

/** Whether the image was classified right. NaN counts as no answer. */
export function isRight({ labels, predicted, confidence }: Answers, row: number): boolean {
  return labels[row] === predicted[row] && !Number.isNaN(confidence[row]);
}

/**
 * The chosen rows in order. Equal rows stay in the order of the data. An answer of NaN sorts like
 * one with the highest loss and no confidence.
 */
export function galleryRows(answers: Answers, { actual, predicted, outcome, order }: GalleryChoice): number[] {
  const rows: number[] = [];
  for (let row = 0; row < answers.labels.length; row++) {
    if (actual !== null && answers.labels[row] !== actual) continue;
    if (predicted !== null && answers.predicted[row] !== predicted) continue;
    if (outcome !== 'all' && isRight(answers, row) !== (outcome === 'right')) continue;
    rows.push(row);
  }
  const key = sortKey(answers, order);
  return key ? rows.sort((a, b) => key(a) - key(b)) : rows;
}

/**
 * The key to sort the rows by, lowest first. It is always finite, since NaN would break the order.
 */
function sortKey({ confidence, loss }: Answers, order: GalleryOrder): ((row: number) => number) | null {
  const confidenceOf = (row: number) => {
    const share = at(confidence, row);
    return Number.isNaN(share) ? 0 : share;
  };
  const lossOf = (row: number) => {
    const value = at(loss, row);
    return Number.isFinite(value) ? value : Number.MAX_VALUE;
  };
  switch (order) {
    case 'row':
      return null;
    case 'unsure':
      return confidenceOf;
    case 'sure':
      return (row) => -confidenceOf(row);
    case 'worst':
      return (row) => -lossOf(row);
    case 'best':
      return lossOf;
    default:
      return order satisfies never;
  }
}
