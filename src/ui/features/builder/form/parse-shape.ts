import type { ShapeField } from '../../../../model/fields';
import { formatExact } from '../../../kit/words/format';

/**
 * Separators between the numbers of a shape, as people write them: 7×7×32, 7 x 7 x 32, 7, 7, 32,
 * [7, 7, 32].
 */
const BETWEEN = /[×x*,;\s]+/i;

/** Reads a typed shape. If it is not one, returns a sentence that says what is expected. */
export function parseShape(text: string, { min, max }: Pick<ShapeField, 'min' | 'max'>): number[] | string {
  const parts = text
    .replace(/[[\]()]/g, ' ')
    .trim()
    .split(BETWEEN)
    .filter(Boolean);
  const numbers = parts.map(Number);
  if (numbers.length < 1 || numbers.length > 3 || numbers.some((n) => !Number.isInteger(n))) {
    return 'One to three whole numbers, such as 7×7×32.';
  }
  const range = `${formatExact(min)} to ${formatExact(max)}`;
  return numbers.some((n) => n < min || n > max) ? `Numbers from ${range}.` : numbers;
}
