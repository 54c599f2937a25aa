import type { Fields } from '../../../../model/fields';

/**
 * Extends a change by the fields that follow it. Some fields take their default from another one
 * (such as the strides of a pool from its size), and change with it as long as the two are equal.
 */
export function withFollowers(
  fields: Fields,
  values: Record<string, unknown>,
  change: Record<string, unknown>,
): Record<string, unknown> {
  const result = { ...change };
  for (const [name, field] of Object.entries(fields)) {
    if (name in change || field.type !== 'pair' || !('sameAs' in field.default)) continue;
    const leader = field.default.sameAs;
    if (leader in change && String(values[name]) === String(values[leader])) result[name] = change[leader];
  }
  return result;
}
