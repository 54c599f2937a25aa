import type { Field } from '../../model/fields';
import type { LayerSpec } from '../../model/layers';
import { kindOf } from '../../model/spec';
import { defaultOf } from '../../model/fields';

/**
 * A layer's parameters in one short line, such as `16 · 3×3 · same · relu`: numbers and kernel always, the rest where it
 * differs from the default.
 */
export function summaryOf(spec: LayerSpec): string {
  const { fields } = kindOf(spec.kind);
  const values = spec as Record<string, unknown>;
  return Object.entries(fields)
    .map(([name, field], i) => textOf(field, values[name], i < 2 && !('sameAs' in Object(field.default)), defaultOf(field, values, fields)))
    .filter(Boolean)
    .join(' · ');
}

function textOf(field: Field, value: unknown, always: boolean, usual: unknown): string {
  if (!always && String(value) === String(usual) && field.type !== 'choice') return '';
  switch (field.type) {
    case 'integer':
    case 'number':
      return String(value);
    case 'pair': {
      const pair = (value as readonly number[]).join('×');
      return always ? pair : `${field.label.toLowerCase()} ${pair}`;
    }
    case 'boolean':
      return value === usual ? '' : `${value ? 'with' : 'no'} ${field.label.toLowerCase()}`;
    case 'choice':
      return value === field.options[0] ? '' : String(value);
    default:
      return field satisfies never;
  }
}
