import { formatExact } from '../words/format';

/** The steps that a value stands for: `step 85`, or `steps 85 to 86 (mean of 2 steps)`. */
export function stepsText(first: number, last: number): string {
  if (first === last) return `step ${formatExact(last)}`;
  return `steps ${formatExact(first)} to ${formatExact(last)} (mean of ${formatExact(last - first + 1)} steps)`;
}
