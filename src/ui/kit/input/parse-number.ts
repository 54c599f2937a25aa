import { formatExact } from '../format';

export interface NumberLimits {
  min: number;
  max: number;
  integer?: boolean;
}

/** 0,01 and 2,5e-3, as many people write them. */
const DECIMAL_COMMA = /^([+-]?\d*),(\d+(?:e[+-]?\d+)?)$/i;
/** 4,096, as this page writes it. */
const GROUPED = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+$/;

/**
 * A typed number, or in words what is expected instead. Reads whatever JavaScript's `Number()` does
 * (0.01, .5, 1e-4), the minus sign of this page, a decimal comma, and groups of thousands; where a
 * comma could be either, it asks.
 */
export function parseNumber(text: string, { min, max, integer }: NumberLimits): number | string {
  const plain = text.trim().replaceAll('−', '-');
  const grouped = GROUPED.test(plain);
  if (grouped && !integer && plain.indexOf(',') === plain.lastIndexOf(',')) {
    return `Write ${plain.replace(',', '')} or ${plain.replace(',', '.')}.`;
  }
  const value = Number(grouped ? plain.replaceAll(',', '') : plain.replace(DECIMAL_COMMA, '$1.$2'));
  const range = `${limit(min)} to ${limit(max)}`;
  // `Number('')` is 0, which nobody has typed.
  if (plain === '' || !Number.isFinite(value)) return `A number from ${range}.`;
  if (integer && !Number.isInteger(value)) return `A whole number from ${range}.`;
  // Not -0, which shows as 0 and is another value to a comparison of bits.
  return value < min || value > max ? `From ${range}.` : value + 0;
}

/** Whole numbers in groups of thousands; others as they are typed: 0.9, 1e-8. */
const limit = (value: number) => (Number.isInteger(value) ? formatExact(value) : String(value));

/**
 * Whether the numbers that count lie orders of magnitude apart: equal steps would pass nearly all
 * of them by.
 */
export const spansMagnitudes = ({ min, max, integer }: NumberLimits): boolean =>
  !integer && min > 0 && max >= 1e6 * min;

/** The first step up from 0. */
const LEAST_SCALED = 1e-5;

/**
 * A number so many steps further along 1, 2, 5, 10, 20, 50, ..., within its range; ten steps at
 * once are a factor of ten. Between two of them it goes to the next: 0.003, 0.005, 0.01.
 */
export function scaled(value: number, steps: number, { min, max }: NumberLimits): number {
  const within = (wanted: number) => Math.min(max, Math.max(min, Number(wanted.toPrecision(12))));
  // Of a number this small the decade would be 0 too.
  if (value < 1e-300) return within(steps > 0 ? LEAST_SCALED : 0);
  if (Math.abs(steps) >= 10) return within(value * 10 ** Math.sign(steps));
  const decade = 10 ** Math.floor(Math.log10(value));
  // The decade may be one off where the logarithm is rounded.
  const places = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20].map((place) => place * decade);
  return within(
    steps > 0
      ? places.find((place) => place > value * (1 + 1e-9))!
      : places.findLast((place) => place < value * (1 - 1e-9))!,
  );
}

/**
 * A number so much further, within its range, without the dust that binary fractions leave: 0.1 +
 * 0.2 is 0.3.
 */
export function stepped(value: number, by: number, { min, max }: NumberLimits): number {
  return Math.min(max, Math.max(min, Number((value + by).toPrecision(12))));
}
