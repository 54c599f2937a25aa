import { formatNumber } from '../words/format';

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Formats a power of ten such as 10⁻³. */
export function formatDecade(value: number): string {
  const exponent = Math.round(Math.log10(value));
  const figures = [...String(Math.abs(exponent))].map((figure) => SUPERSCRIPT[Number(figure)]).join('');
  return `10${exponent < 0 ? '⁻' : ''}${figures}`;
}

/**
 * Ticks are round numbers, which read better without the trailing zeros of a readout's three
 * figures.
 */
const formatTick = (value: number): string => String(Number(value.toPrecision(3)));

/**
 * Formats a loss. A loss that has exploded is shortened, because the axis has no room for all of
 * its figures.
 */
export const formatLoss = (loss: number): string => (loss >= 1e4 ? formatNumber(loss) : formatTick(loss));

/** Formats a round share as 25 %, because an axis has no room for 25.0 %. */
export const formatShare = (share: number): string => `${Math.round(100 * share)} %`;
