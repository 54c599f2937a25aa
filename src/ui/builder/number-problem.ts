import { formatExact } from '../format';

/** What is wrong with a typed number, in words; null when nothing is. */
export function numberProblem(
  text: string | number,
  { min, max, integer }: { min: number; max: number; integer?: boolean },
): string | null {
  const value = typeof text === 'number' ? text : Number(text);
  const range = `${formatExact(min)} to ${formatExact(max)}`;
  if (text === '' || !Number.isFinite(value)) return `A number from ${range}.`;
  if (integer && !Number.isInteger(value)) return `A whole number from ${range}.`;
  return value < min || value > max ? `From ${range}.` : null;
}

/** A number so much further, within its range, without the dust that binary fractions leave: 0.1 + 0.2 is 0.3. */
export function stepped(value: number, by: number, { min, max }: { min: number; max: number }): number {
  return Math.min(max, Math.max(min, Number((value + by).toPrecision(12))));
}
