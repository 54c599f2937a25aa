import { useComputedColorScheme } from '@mantine/core';
import { at } from '../../../at';
import { signColor } from '../../kit/palette';
import { ClassName } from '../../parts/classes/class-name';
import classes from './guide.module.css';

export interface ClassColumn {
  name: string;
  /** One value per class. */
  values: readonly number[];
  format: (value: number) => string;
  /** The value at which the bar behind a number is full. Without it there are no bars. */
  full?: number;
}

/**
 * A table with a row per class. Where values have signs, the bars behind the numbers go left
 * (orange) and right (blue) from the middle.
 */
export function ClassRows({
  caption,
  columns,
  label,
}: {
  caption: string;
  columns: readonly [ClassColumn, ...ClassColumn[]];
  label: number;
}) {
  return (
    <div className={classes.tableFrame} role="group" aria-label={caption} tabIndex={0}>
      <table className={`${classes.classes} numeric`}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Class</th>
            {columns.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns[0].values.map((_, index) => (
            <tr key={index} data-true={index === label || undefined}>
              <th scope="row">
                <ClassName index={index} />
                {index === label && <span className={classes.truth}> label</span>}
              </th>
              {columns.map((column) => (
                <Cell key={column.name} column={column} value={at(column.values, index)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ column: { full, format, values }, value }: { column: ClassColumn; value: number }) {
  const scheme = useComputedColorScheme('light');
  const signed = values.some((each) => each < 0);
  const share = full && Number.isFinite(value) ? Math.min(1, Math.abs(value) / full) : 0;
  const half = signed ? 50 : 100;
  const bar = {
    width: `${half * share}%`,
    left: signed ? `${value < 0 ? 50 - half * share : 50}%` : 0,
    background: signColor(value < 0 ? -0.5 : 0.5, scheme),
  };
  return (
    <td>
      {full !== undefined && (
        <span className={classes.cellTrack} aria-hidden>
          <span className={classes.cellBar} style={bar} />
        </span>
      )}
      <span className={classes.cellNumber}>{format(value)}</span>
    </td>
  );
}
