import type { ErrorReport } from '../../errors';

/**
 * A report as sentences for a place that already says where it is. Messages begin in lower case, to
 * follow a name.
 */
export function inSentences({ what, remedy }: Pick<ErrorReport, 'what' | 'remedy'>): string {
  return [what.charAt(0).toUpperCase() + what.slice(1), remedy].filter(Boolean).join(' ');
}

/** A report with the place where it happened in front. */
export function withPlace({ what, where, remedy }: ErrorReport): string {
  // The name of a field says something only together with the layer that has it.
  const place = [where.layer, where.layer && where.field, where.file].filter(Boolean).join(', ');
  return place ? [`${place}:`, what, remedy].filter(Boolean).join(' ') : inSentences({ what, remedy });
}
