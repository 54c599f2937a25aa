import { isNormalization, SCALING_RANGES, type InputScaling } from '../../../model/input-scaling';
import { formatNumber } from './format';

/** A scaling in short: `0..255`, or `mean 0.131, std 0.308`. */
export function scalingWords(scaling: InputScaling = 'unit'): string {
  if (!isNormalization(scaling)) return SCALING_RANGES[scaling].label;
  const { mean, std } = scaling;
  return `mean ${mean.map(formatNumber).join(' ')}, std ${std.map(formatNumber).join(' ')}`;
}
