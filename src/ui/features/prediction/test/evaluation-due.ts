import { BUDGETS, FORWARD_SHARE, pauseAfter } from '../../../../pace';

interface Progress {
  /** Epochs completed, and steps in one. */
  epoch: number;
  stepsPerEpoch: number;
  batchSize: number;
  /** Step of the evaluation at hand; 0 before the first of a run. */
  evaluatedStep: number;
  /** Images that an evaluation looks at. */
  images: number;
}

/**
 * Whether, with this epoch completed, the gallery may be evaluated anew while training goes on:
 * only if enough images were trained on since the last time that its cost is a small share of
 * theirs.
 */
export function isEvaluationDue({ epoch, stepsPerEpoch, batchSize, evaluatedStep, images }: Progress): boolean {
  const trained = (epoch * stepsPerEpoch - evaluatedStep) * batchSize;
  return trained > 0 && trained >= pauseAfter(images * FORWARD_SHARE, BUDGETS.gallery);
}
