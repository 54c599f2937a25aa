import { formatExact } from '../words/format';

export interface NumberLimits {
  min: number;
  max: number;
  integer?: boolean;
}

/** 0,01 and 2,5e-3: decimal commas, as many people write them. */
const DECIMAL_COMMA = /^([+-]?\d*),(\d+(?:e[+-]?\d+)?)$/i;
/** 4,096: groups of thousands, as this page writes them. */
const GROUPED = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+$/;

/**
 * Reads a typed number. If it cannot, returns a sentence that says what is expected. It reads
 * everything that JavaScript's `Number()` does (0.01, .5, 1e-4), the minus sign of this page, a
 * decimal comma, and groups of thousands; if a comma could be either, it asks.
 */
export function parseNumber(text: string, { min, max, integer }: NumberLimits): number | string {
  const plain = text.trim().replaceAll('−', '-');
  const grouped = GROUPED.test(plain);
  if (grouped && !integer && plain.indexOf(',') === plain.lastIndexOf(',')) {
    return `Write ${plain.replace(',', '')} or ${plain.replace(',', '.')}.`;
  }
  const value = Number(grouped ? plain.replaceAll(',', '') : plain.replace(DECIMAL_COMMA, '$1.$2'));
  const range = `${limit(min)} to ${limit(max)}`;
  // `Number('')` is 0, but nobody has typed that.
  if (plain === '' || !Number.isFinite(value)) return `A number from ${range}.`;
  if (integer && !Number.isInteger(value)) return `A whole number from ${range}.`;
  // Turns -0 into 0: it looks the same, but a comparison of bits tells the two apart.
  return value < min || value > max ? `From ${range}.` : value + 0;
}

/** Whole numbers with groups of thousands; others as they are typed: 0.9, 1e-8. */
const limit = (value: number) => (Number.isInteger(value) ? formatExact(value) : String(value));

/**
 * Whether the allowed numbers span orders of magnitude: equal steps would skip nearly all of them.
 */
export const spansMagnitudes = ({ min, max, integer }: NumberLimits): boolean =>
  !integer && min > 0 && max >= 1e6 * min;

/** The first step up from 0. */
const LEAST_SCALED = 1e-5;

/**
 * Moves a number this many steps along 1, 2, 5, 10, 20, 50, ..., within its range; ten steps at
 * once are a factor of ten. A number between two of these moves to the next: 0.003, 0.005, 0.01.
 */
export function scaled(value: number, steps: number, { min, max }: NumberLimits): number {
  const within = (wanted: number) => Math.min(max, Math.max(min, Number(wanted.toPrecision(12))));
  // For a number this small the decade would be 0 too.
  if (value < 1e-300) return within(steps > 0 ? LEAST_SCALED : 0);
  if (Math.abs(steps) >= 10) return within(value * 10 ** Math.sign(steps));
  const decade = 10 ** Math.floor(Math.log10(value));
  // The decade may be one off, since the logarithm is rounded.
  const places = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20].map((place) => place * decade);
  return within(
    steps > 0
      ? places.find((place) => place > value * (1 + 1e-9))!
      : places.findLast((place) => place < value * (1 - 1e-9))!,
  );
}

/**
 * Adds to a number, within its range and without the rounding errors of binary fractions: 0.1 + 0.2
 * is 0.3.
 */
export function stepped(value: number, by: number, { min, max }: NumberLimits): number {
  return Math.min(max, Math.max(min, Number((value + by).toPrecision(12))));
}
