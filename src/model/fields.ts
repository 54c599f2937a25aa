import { required } from '../errors';

/**
 * One entry in the parameter schema of a layer. It renders a form control, validates a JSON value
 * and gives its default.
 */
interface FieldBase {
  label: string;
  /** One line, shown on hover and focus. */
  help: string;
  /** Rarely changed, so forms hide the field behind "More". */
  advanced?: boolean;
  /** The field has a meaning, and is shown, only while another field has this value. */
  onlyWith?: { field: string; value: unknown };
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
/**
 * A [height, width] pair. The default may be the value of another field: the strides of pooling
 * default to the pool size, as in Keras.
 */
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
/** The id of an earlier layer of the stack; empty while none is chosen. */
export interface LayerField extends FieldBase {
  type: 'layer';
  default: string;
}
/** A shape without the batch, of one to three dimensions. */
export interface ShapeField extends FieldBase {
  type: 'shape';
  min: number;
  max: number;
  default: readonly number[];
}
/** [[top, bottom], [left, right]], as in the `padding` of Keras's `ZeroPadding2D`. */
export interface MarginsField extends FieldBase {
  type: 'margins';
  min: number;
  max: number;
  default: Margins;
}
export type Margins = readonly [readonly [number, number], readonly [number, number]];
export type Field =
  IntegerField | NumberField | PairField | BooleanField | ChoiceField | LayerField | ShapeField | MarginsField;
export type Fields = Record<string, Field>;

export type ValueOf<F> = F extends { type: 'integer' | 'number' }
  ? number
  : F extends { type: 'pair' }
    ? readonly [number, number]
    : F extends { type: 'boolean' }
      ? boolean
      : F extends { type: 'choice'; options: readonly (infer Option)[] }
        ? Option
        : F extends { type: 'layer' }
          ? string
          : F extends { type: 'shape' }
            ? readonly number[]
            : F extends { type: 'margins' }
              ? Margins
              : never;

/** The parameters that a schema describes. */
export type ParamsOf<F> = { [K in keyof F]: ValueOf<F[K]> };

/** Whether a field has a meaning, given the values of the other fields. */
export const isInUse = ({ onlyWith }: Field, values: Record<string, unknown>) =>
  !onlyWith || values[onlyWith.field] === onlyWith.value;

/** The default of one field, given the values chosen so far for the others. */
export function defaultOf(field: Field, values: Record<string, unknown>, fields: Fields): unknown {
  if (field.type === 'pair' && 'sameAs' in field.default) {
    const other = field.default.sameAs;
    return values[other] ?? defaultOf(required(fields[other], `field "${other}"`), values, fields);
  }
  return field.default;
}
