import type { ErrorReport } from '../errors';

/** A report as sentences for a place that already says where it is. Messages begin in lower case, to follow a name. */
export function inSentences({ what, remedy }: Pick<ErrorReport, 'what' | 'remedy'>): string {
  return [what.charAt(0).toUpperCase() + what.slice(1), remedy].filter(Boolean).join(' ');
}

/** A report with the place where it happened in front. */
export function withPlace({ what, where, remedy }: ErrorReport): string {
  const place = [where.layer, where.field, where.file].filter(Boolean).join(', ');
  return place ? [`${place}:`, what, remedy].filter(Boolean).join(' ') : inSentences({ what, remedy });
}
