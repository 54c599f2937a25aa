/**
 * The epoch of a step (from 1; 0 before the first step), the share of it that is done, and the
 * number of steps left in it.
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
