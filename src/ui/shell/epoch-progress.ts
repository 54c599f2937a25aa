/**
 * Which epoch (1-based; 0 before the first step) a step lies in, the share of it that is done, and
 * the steps it still has.
 */
export function epochProgress(
  step: number,
  stepsPerEpoch: number,
): { epoch: number; fraction: number; stepsLeft: number } {
  if (step === 0 || stepsPerEpoch === 0) return { epoch: 0, fraction: 0, stepsLeft: 0 };
  const epoch = Math.ceil(step / stepsPerEpoch);
  const stepsLeft = epoch * stepsPerEpoch - step;
  return { epoch, fraction: 1 - stepsLeft / stepsPerEpoch, stepsLeft };
}
