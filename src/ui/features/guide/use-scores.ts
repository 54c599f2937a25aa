import { useMemo } from 'react';
import { crossEntropy, logitGradient, softmax } from './class-math';
import { useGuide } from './use-guide';

/** What the network says about the chosen image, from the scores to the loss. */
export interface Scores {
  /** [classes] */
  logits: number[];
  probabilities: number[];
  /** The image's label, or -1 if it is unknown; then there is neither a loss nor a gradient. */
  label: number;
  loss: number | null;
  /** p - y, computed here. */
  gradient: number[] | null;
  /** dL/d(logits) from the engine's backward pass. */
  engineGradient: number[] | null;
}

/** The scores; null until there is an answer about the last layer. */
export function useScores(): Scores | null {
  const { last, answers } = useGuide();
  return useMemo(() => {
    const inspection = last && answers?.layers[last.layer.id];
    if (!inspection || !answers) return null;
    const { label } = answers;
    const logits = [...inspection.output.data];
    const probabilities = softmax(logits);
    const known = label >= 0;
    return {
      ...{ logits, probabilities, label },
      loss: known ? crossEntropy(logits, label) : null,
      gradient: known ? logitGradient(probabilities, label) : null,
      engineGradient: inspection.outputGradient ? [...inspection.outputGradient.data] : null,
    };
  }, [last, answers]);
}
