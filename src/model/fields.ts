/** The parameter schema of a layer: one entry renders one form control, validates one JSON value and gives its default. */
interface FieldBase {
  label: string;
  /** One line, shown on hover and focus. */
  help: string;
}
export interface IntegerField extends FieldBase {
  type: 'integer';
  min: number;
  max: number;
  default: number;
}
export interface NumberField extends FieldBase {
  type: 'number';
  min: number;
  max: number;
  default: number;
}
/** A [height, width] pair. The default may be "whatever that other field is", as Keras does for pool strides. */
export interface PairField extends FieldBase {
  type: 'pair';
  min: number;
  max: number;
  default: readonly [number, number] | { sameAs: string };
}
export interface BooleanField extends FieldBase {
  type: 'boolean';
  default: boolean;
}
export interface ChoiceField<Option extends string = string> extends FieldBase {
  type: 'choice';
  options: readonly Option[];
  default: Option;
}
export type Field = IntegerField | NumberField | PairField | BooleanField | ChoiceField;
export type Fields = Record<string, Field>;

export type ValueOf<F> = F extends { type: 'integer' | 'number' }
  ? number
  : F extends { type: 'pair' }
    ? readonly [number, number]
    : F extends { type: 'boolean' }
      ? boolean
      : F extends { type: 'choice'; options: readonly (infer Option)[] }
        ? Option
        : never;

/** The parameters that a schema describes. */
export type ParamsOf<F> = { [K in keyof F]: ValueOf<F[K]> };

/** The default of one field, given the values chosen so far for the others. */
export function defaultOf(field: Field, values: Record<string, unknown>, fields: Fields): unknown {
  if (field.type === 'pair' && 'sameAs' in field.default) {
    const other = field.default.sameAs;
    return values[other] ?? defaultOf(fields[other], values, fields);
  }
  return field.default;
}
