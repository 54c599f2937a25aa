/** The share of the training time that a gallery may cost when it refreshes by itself. */
const SHARE = 0.01;
/**
 * A forward pass is about a third of a training step, which also goes backward to the inputs and to
 * the weights.
 */
const FORWARD_SHARE = 1 / 3;

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
 * Whether the gallery may be evaluated again at the end of this epoch, while training goes on. It
 * may if enough images were trained on since the last time to make its cost a small share of
 * theirs.
 */
export function isEvaluationDue({ epoch, stepsPerEpoch, batchSize, evaluatedStep, images }: Progress): boolean {
  const trained = (epoch * stepsPerEpoch - evaluatedStep) * batchSize;
  return trained > 0 && images * FORWARD_SHARE <= SHARE * trained;
}
