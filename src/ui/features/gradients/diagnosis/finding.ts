import { formatExact } from '../../../kit/format';
import type { QuantityName } from '../../../parts/charts/quantities';

/** Something seen in a run, in words. */
export interface Finding {
  kind: string;
  /** The layer to look at; null where it is the network as a whole. */
  layer: string | null;
  severity: 'danger' | 'warning' | 'good' | 'waiting';
  headline: string;
  /** What to do about it. */
  advice: string;
  /** Where it can be seen. */
  quantity: QuantityName | null;
}

export const DANGER = { severity: 'danger' } as const;
export const WARNING = { severity: 'warning' } as const;

/** One finding about one layer is the same at the next step, whatever its figures. */
export const keyOf = ({ kind, layer }: Pick<Finding, 'kind' | 'layer'>) => `${kind} ${layer ?? ''}`;

/** How many times, in as many figures as say something: 1.2, 35, 1,200, 3.1e9. */
export function times(factor: number): string {
  const rounded = Number(factor.toPrecision(2));
  if (rounded < 10) return String(rounded);
  return rounded < 1e6 ? formatExact(rounded) : rounded.toExponential(1).replace('+', '');
}
