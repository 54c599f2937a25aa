import { formatNumber } from '../words/format';

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A decade as 10⁻³. */
export function formatDecade(value: number): string {
  const exponent = Math.round(Math.log10(value));
  const figures = [...String(Math.abs(exponent))].map((figure) => SUPERSCRIPT[Number(figure)]).join('');
  return `10${exponent < 0 ? '⁻' : ''}${figures}`;
}

/** Round numbers read better without trailing zeros than with the three figures of a readout. */
const formatTick = (value: number): string => String(Number(value.toPrecision(3)));

/** A loss: one that has exploded has no room for all its figures. */
export const formatLoss = (loss: number): string => (loss >= 1e4 ? formatNumber(loss) : formatTick(loss));

/** A round share as 25 %: an axis has no room for 25.0 %. */
export const formatShare = (share: number): string => `${Math.round(100 * share)} %`;
