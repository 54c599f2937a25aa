import type { Fields } from '../../../../model/fields';

/**
 * A change together with the fields that follow it: as long as a field equals the one its default
 * comes from (the strides of a pool and its size), it goes along with it.
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
