import { defaultOf, isInUse, type Field, type Margins } from '../../../model/fields';
import type { LayerSpec } from '../../../model/layers';
import { kindOf } from '../../../model/spec';

/**
 * A layer's parameters in one short line, such as `16 · 3×3 · same · relu`. Numbers and the kernel
 * are always there, other parameters only if they differ from the default. A share, or a number on
 * its own, is named: `rate 0.5`.
 */
export function summaryOf(spec: LayerSpec): string {
  const { fields } = kindOf(spec.kind);
  const values = spec as Record<string, unknown>;
  const parts = Object.entries<Field>(fields).flatMap(([name, field], i) => {
    if (!isInUse(field, values)) return [];
    const text = textOf(field, values[name], i < 2 && isMain(field), defaultOf(field, values, fields));
    return text ? [{ field, text }] : [];
  });
  const [first, ...others] = parts;
  if (first && others.length === 0 && /^\d+$/.test(first.text))
    return `${first.field.label.toLowerCase()} ${first.text}`;
  return parts.map(({ text }) => text).join(' · ');
}

const isMain = (field: Field) => !field.advanced && !('sameAs' in Object(field.default));

function textOf(field: Field, value: unknown, always: boolean, usual: unknown): string {
  if (!always && String(value) === String(usual) && field.type !== 'choice') return '';
  const named = (text: string) => (always ? text : `${field.label.toLowerCase()} ${text}`);
  switch (field.type) {
    case 'integer':
      return named(String(value));
    case 'number':
      return `${field.label.toLowerCase()} ${String(value)}`;
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
      return named(
        (value as Margins).map(([before, after]) => (before === after ? before : `${before}+${after}`)).join('×'),
      );
    default:
      return field satisfies never;
  }
}
