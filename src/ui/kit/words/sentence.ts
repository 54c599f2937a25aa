import type { ErrorReport } from '../../../errors';

/**
 * A report as sentences, for a place that already shows where it happened. Messages begin in lower
 * case, to follow a name.
 */
export function inSentences({ what, remedy }: Pick<ErrorReport, 'what' | 'remedy'>): string {
  return [what.charAt(0).toUpperCase() + what.slice(1), remedy].filter(Boolean).join(' ');
}

/** A report that begins with the place where it happened. */
export function withPlace({ what, where, remedy }: ErrorReport): string {
  // The name of a field is useful only together with its layer.
  const place = [where.layer, where.layer && where.field, where.file].filter(Boolean).join(', ');
  return place ? [`${place}:`, what, remedy].filter(Boolean).join(' ') : inSentences({ what, remedy });
}
