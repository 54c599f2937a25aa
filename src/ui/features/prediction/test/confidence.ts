import { formatPercent } from '../../../kit/words/format';

/**
 * The probability of the chosen class, as `90.5 %`. A probability below 1 is never shown as 100 %.
 * @param confidence 0..1, or NaN
 */
export const confidenceWords = (confidence: number): string =>
  confidence >= 0.9995 && confidence < 1 ? '>99.9 %' : formatPercent(confidence);
