import type { Margins, MarginsField } from '../../../../model/fields';
import classes from '../builder.module.css';
import { NumberBox } from '../../../kit/input/number-box';

interface MarginsControlProps {
  field: MarginsField;
  value: Margins;
  faulty?: boolean;
  onChange: (value: Margins) => void;
}

/** The index of each side in [[top, bottom], [left, right]]. */
const SIDES = [
  ['top', 0, 0],
  ['bottom', 0, 1],
  ['left', 1, 0],
  ['right', 1, 1],
] as const;

/** One number box for each side of the image. */
export function MarginsControl({ field, value, faulty, onChange }: MarginsControlProps) {
  return (
    <span className={classes.margins}>
      {SIDES.map(([side, axis, end]) => (
        <span key={side} className={classes.margin}>
          <span aria-hidden>{side}</span>
          <NumberBox
            label={`${field.label}, ${side}`}
            value={value[axis][end]}
            min={field.min}
            max={field.max}
            integer
            faulty={faulty}
            onChange={(next) => onChange(withSide(value, axis, end, next))}
          />
        </span>
      ))}
    </span>
  );
}

/** Returns the margins with one side changed. */
export function withSide([rows, columns]: Margins, axis: 0 | 1, end: 0 | 1, next: number): Margins {
  const changed = (pair: readonly [number, number]): readonly [number, number] =>
    end === 0 ? [next, pair[1]] : [pair[0], next];
  return axis === 0 ? [changed(rows), columns] : [rows, changed(columns)];
}
