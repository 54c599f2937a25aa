import { BUDGETS, FORWARD_SHARE, pauseAfter } from '../../../../pace';

interface Progress {
  /** The number of completed epochs, and the steps in one. */
  epoch: number;
  stepsPerEpoch: number;
  batchSize: number;
  /** The step of the last evaluation; 0 before the first of a run. */
  evaluatedStep: number;
  /** The number of images in an evaluation. */
  images: number;
}

/**
 * Whether the gallery may be evaluated again at the end of this epoch while training continues. It
 * may if enough images were trained on since the last evaluation, so that its cost is a small share
 * of the cost of their training.
 */
export function isEvaluationDue({ epoch, stepsPerEpoch, batchSize, evaluatedStep, images }: Progress): boolean {
  const trained = (epoch * stepsPerEpoch - evaluatedStep) * batchSize;
  return trained > 0 && trained >= pauseAfter(images * FORWARD_SHARE, BUDGETS.gallery);
}
