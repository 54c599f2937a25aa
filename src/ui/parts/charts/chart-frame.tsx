import { useRef, type ReactNode } from 'react';
import { ChartMenu } from './chart-menu';
import classes from './charts.module.css';
import type { ChartTable } from '../../kit/export/table';

export interface ChartFrameProps {
  title: string;
  /** What the vertical axis measures. */
  unit: string;
  /** The current values, shown beside the title. */
  readout?: ReactNode;
  /** A button at the right end of the title's row. */
  action?: ReactNode;
  /** Returns the numbers behind the chart. */
  table: () => ChartTable;
  children: ReactNode;
}

/**
 * A figure with its title and the menu of its data. The downloaded picture contains the whole
 * figure, except parts with `data-no-export`.
 */
export function ChartFrame({ title, unit, readout, action, table, children }: ChartFrameProps) {
  const figure = useRef<HTMLElement>(null);
  return (
    <figure className={classes.figure} ref={figure}>
      <figcaption className={classes.caption}>
        <span className={classes.heading}>
          <h3 className={classes.title}>{title}</h3> <span className={classes.unit}>{unit}</span>
        </span>
        {readout && <span className={classes.readout}>{readout}</span>}
        {action && <span data-no-export>{action}</span>}
        <ChartMenu title={title} table={table} figure={figure} />
      </figcaption>
      {children}
    </figure>
  );
}
