import { formatExact } from '../format';
import classes from './charts.module.css';

export interface TooltipRow {
  name: string;
  color: string;
  value: string;
  strong?: boolean;
}

/** The values of all lines at one step. */
export function TooltipRows({ step, rows }: { step: number; rows: readonly TooltipRow[] }) {
  return (
    <>
      <div className={classes.tooltipStep}>step {formatExact(step)}</div>
      {rows.map(({ name, color, value, strong }) => (
        <div key={name} className={classes.tooltipRow} data-strong={strong || undefined}>
          <span className={classes.dot} style={{ background: color }} />
          <span>{name}</span>
          <span className={classes.tooltipValue}>{value}</span>
        </div>
      ))}
    </>
  );
}
