import type { Field, Margins } from '../../model/fields';
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
    .map(([name, field], i) => textOf(field, values[name], i < 2 && isMain(field), defaultOf(field, values, fields)))
    .filter(Boolean)
    .join(' · ');
}

const isMain = (field: Field) => !field.advanced && !('sameAs' in Object(field.default));

function textOf(field: Field, value: unknown, always: boolean, usual: unknown): string {
  if (!always && String(value) === String(usual) && field.type !== 'choice') return '';
  const named = (text: string) => (always ? text : `${field.label.toLowerCase()} ${text}`);
  switch (field.type) {
    case 'integer':
    case 'number':
      return named(String(value));
    case 'pair':
    case 'shape':
      return named((value as readonly number[]).join('×'));
    case 'boolean':
      return value === usual ? '' : `${value ? 'with' : 'no'} ${field.label.toLowerCase()}`;
    case 'choice':
      return value === (field.advanced ? usual : field.options[0]) ? '' : String(value);
    case 'layer':
      return value === '' ? '' : `${field.label.toLowerCase()} ${String(value)}`;
    case 'margins':
      return named((value as Margins).map(([before, after]) => (before === after ? before : `${before}+${after}`)).join('×'));
    default:
      return field satisfies never;
  }
}
