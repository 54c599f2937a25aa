import type { NormSlot } from '../../model/norm-slots';

/**
 * The decades that a gradient bar spans. The bar is empty below the first and full above the last.
 */
export const LEVEL_DECADES = [-6, 2] as const;

/** What a layer's gradient bar shows. */
export interface GradientLevel {
  /** The L2 norm. NaN and infinity stay as they are. */
  norm: number;
  /** 0..1 on the logarithmic scale of {@link LEVEL_DECADES}. */
  fill: number;
  /**
   * Whether the gradient is that of the layer's own parameters or, if the layer has none, that of
   * its output.
   */
  of: 'parameters' | 'output';
}

/**
 * The gradient magnitude of one layer in a row of the series: the L2 norm over weight and bias
 * together, or of dL/d(output) for a layer without parameters. Undefined if the run does not know
 * the layer.
 */
export function gradientLevel(
  layer: string | undefined,
  slots: readonly NormSlot[],
  norms: readonly number[] | undefined,
): GradientLevel | undefined {
  if (!layer || !norms) return undefined;
  const own = norms.filter((_, i) => slots[i]?.layer === layer && slots[i]?.tensor !== 'output');
  const output = norms.find((_, i) => slots[i]?.layer === layer && slots[i]?.tensor === 'output');
  const norm = own.length > 0 ? Math.hypot(...own) : output;
  if (norm === undefined) return undefined;
  return { norm, fill: fillOf(norm), of: own.length > 0 ? 'parameters' : 'output' };
}

function fillOf(norm: number): number {
  if (!Number.isFinite(norm)) return 1;
  if (norm <= 0) return 0;
  const [low, high] = LEVEL_DECADES;
  return Math.min(1, Math.max(0, (Math.log10(norm) - low) / (high - low)));
}
