/** Share of the training that a gallery which refreshes by itself may cost. */
const SHARE = 0.01;
/**
 * A forward pass is about a third of a training step, which also goes backward to the inputs and to
 * the weights.
 */
const FORWARD_SHARE = 1 / 3;

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
  return trained > 0 && images * FORWARD_SHARE <= SHARE * trained;
}
