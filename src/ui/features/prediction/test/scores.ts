import { at } from '../../../../at';

/**
 * The scores of one class. A score is NaN if it is a share of nothing: a class that is never
 * predicted has no precision.
 */
export interface ClassScore {
  /** The share of images taken for this class that really belong to it: TP / (TP + FP). */
  precision: number;
  /** The share of images of this class that are taken for it: TP / (TP + FN). */
  recall: number;
  /** Harmonic mean of both: 2 TP / (2 TP + FP + FN). */
  f1: number;
  /** The number of images of this class. */
  support: number;
}

export interface Scores {
  classes: ClassScore[];
  /**
   * The mean over the classes that occur, each with the same weight. A share of nothing counts as
   * 0, as in scikit-learn.
   */
  macro: ClassScore;
}

/** How often each class was taken for each: confusion[actual][predicted]. */
export function confusionOf(labels: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): number[][] {
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let row = 0; row < labels.length; row++) {
    const counts = at(confusion, at(labels, row));
    const answer = at(predicted, row);
    counts[answer] = at(counts, answer) + 1;
  }
  return confusion;
}

/**
 * Precision, recall and F1 of each class, and their macro average, as defined by
 * https://scikit-learn.org/stable/modules/model_evaluation.html#precision-recall-f-measure-metrics
 */
export function scoresOf(confusion: readonly (readonly number[])[]): Scores {
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const classes = confusion.map((row, index): ClassScore => {
    const hits = at(row, index);
    const support = sum(row);
    const taken = sum(confusion.map((counts) => at(counts, index)));
    return { precision: hits / taken, recall: hits / support, f1: (2 * hits) / (support + taken), support };
  });
  // F1 is NaN exactly for a class that neither occurs nor is predicted.
  const present = classes.filter(({ f1 }) => !Number.isNaN(f1));
  const mean = (of: (score: ClassScore) => number) => sum(present.map((score) => of(score) || 0)) / present.length;
  const macro: ClassScore = {
    precision: mean((score) => score.precision),
    recall: mean((score) => score.recall),
    f1: mean((score) => score.f1),
    support: sum(classes.map(({ support }) => support)),
  };
  return { classes, macro };
}
