import { useMemo } from 'react';
import { crossEntropy, logitGradient, softmax } from './class-math';
import { useGuide } from './use-guide';

/** What the network says about the chosen image, from its scores on. */
export interface Scores {
  /** [classes] */
  logits: number[];
  probabilities: number[];
  /** -1 if unknown, and then neither loss nor gradient. */
  label: number;
  loss: number | null;
  /** p - y, worked out here. */
  gradient: number[] | null;
  /** dL/d(logits) as the engine's backward pass has it. */
  engineGradient: number[] | null;
}

/** Null as long as nothing is known of the layer at the end. */
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
