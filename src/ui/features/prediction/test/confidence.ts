import { formatPercent } from '../../../kit/format';

/**
 * The probability of the class chosen, as `90.5 %`; what is not quite certain is never called 100
 * %. @param confidence 0..1, or NaN
 */
export const confidenceWords = (confidence: number): string =>
  confidence >= 0.9995 && confidence < 1 ? '>99.9 %' : formatPercent(confidence);
