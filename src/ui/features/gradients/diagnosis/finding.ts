import { formatExact } from '../../../kit/words/format';
import type { QuantityName } from '../../../parts/charts/quantities';

/** Something noticed in a run, in words. */
export interface Finding {
  kind: string;
  /** The layer to look at, or null if it concerns the whole network. */
  layer: string | null;
  severity: 'danger' | 'warning' | 'good' | 'waiting';
  headline: string;
  /** What to do about it. */
  advice: string;
  /** The quantity that shows it. */
  quantity: QuantityName | null;
}

export const DANGER = { severity: 'danger' } as const;
export const WARNING = { severity: 'warning' } as const;

/**
 * The identity of a finding: the same kind for the same layer is the same finding at the next step,
 * whatever its figures.
 */
export const keyOf = ({ kind, layer }: Pick<Finding, 'kind' | 'layer'>) => `${kind} ${layer ?? ''}`;

/** How many times, in as many figures as say something: 1.2, 35, 1,200, 3.1e9. */
export function times(factor: number): string {
  const rounded = Number(factor.toPrecision(2));
  if (rounded < 10) return String(rounded);
  return rounded < 1e6 ? formatExact(rounded) : rounded.toExponential(1).replace('+', '');
}
