import { NativeSelect, SegmentedControl, Switch } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import type { Field, Margins } from '../../../../model/fields';
import { Tooltip } from '../../../kit/tooltip';
import classes from '../builder.module.css';
import { LayerSelect } from './layer-select';
import { MarginsControl } from './margins-control';
import { NumberBox } from '../../../kit/input/number-box';
import { ShapeControl } from './shape-control';

interface ControlProps<F extends Field> {
  /** The layer that the field belongs to. */
  uid: string;
  field: F;
  value: unknown;
  /** Whether the layer's problem is in this field. */
  faulty?: boolean;
  labelId: string;
  onChange: (value: unknown) => void;
}
// On a phone there is no room beside the field.
const BESIDE_OR_ABOVE = { shift: true, flip: { fallbackPlacements: ['top' as const, 'bottom' as const] } };

type Of<T extends Field['type']> = Extract<Field, { type: T }>;

/**
 * The form control of one field. The field's type decides which control; label and help come from
 * the field too.
 */
export function FieldControl(props: Omit<ControlProps<Field>, 'labelId'>) {
  const labelId = useId();
  const helpId = useId();
  const { field } = props;
  return (
    <Tooltip label={field.help} position="right" middlewares={BESIDE_OR_ABOVE} openDelay={500}>
      <div className={classes.field} data-faulty={props.faulty || undefined}>
        <span id={labelId} className={classes.fieldLabel}>
          {field.label}
        </span>
        <span className={classes.fieldControl} role="group" aria-labelledby={labelId} aria-describedby={helpId}>
          {controlOf({ ...props, labelId })}
        </span>
        <span id={helpId} hidden>
          {field.help}
        </span>
      </div>
    </Tooltip>
  );
}

function controlOf({ field, ...rest }: ControlProps<Field>): ReactNode {
  switch (field.type) {
    case 'integer':
    case 'number':
      return <NumberControl {...rest} field={field} />;
    case 'pair':
      return <PairControl {...rest} field={field} />;
    case 'boolean':
      return <BooleanControl {...rest} field={field} />;
    case 'choice':
      return <ChoiceControl {...rest} field={field} />;
    case 'layer':
      return <LayerSelect {...rest} value={rest.value as string} />;
    case 'shape':
      return <ShapeControl {...rest} field={field} value={rest.value as readonly number[]} />;
    case 'margins':
      return <MarginsControl {...rest} field={field} value={rest.value as Margins} />;
    default:
      return field satisfies never;
  }
}

function NumberControl({ field, value, faulty, onChange }: ControlProps<Of<'integer' | 'number'>>) {
  const { min, max, label } = field;
  return (
    <NumberBox
      label={label}
      value={value as number}
      min={min}
      max={max}
      integer={field.type === 'integer'}
      step={field.type === 'integer' || max > 1 ? 1 : 0.01}
      faulty={faulty}
      onChange={onChange}
    />
  );
}

function PairControl({ field, value, faulty, onChange }: ControlProps<Of<'pair'>>) {
  const [height, width] = value as readonly [number, number];
  const shared = { min: field.min, max: field.max, integer: true, faulty };
  return (
    <span className={classes.pair}>
      <NumberBox
        {...shared}
        label={`${field.label}, height`}
        value={height}
        onChange={(next) => onChange([next, width])}
      />
      <span aria-hidden>×</span>
      <NumberBox
        {...shared}
        label={`${field.label}, width`}
        value={width}
        onChange={(next) => onChange([height, next])}
      />
    </span>
  );
}

function BooleanControl({ value, labelId, onChange }: ControlProps<Of<'boolean'>>) {
  return (
    <Switch
      size="sm"
      checked={value as boolean}
      aria-labelledby={labelId}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

function ChoiceControl({ field, value, faulty, labelId, onChange }: ControlProps<Of<'choice'>>) {
  const options = [...field.options];
  if (options.length <= 3) {
    return (
      <SegmentedControl
        fullWidth
        size="xs"
        data={options}
        value={value as string}
        aria-labelledby={labelId}
        onChange={onChange}
      />
    );
  }
  return (
    <NativeSelect
      size="xs"
      data={options}
      value={value as string}
      error={faulty}
      aria-labelledby={labelId}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
