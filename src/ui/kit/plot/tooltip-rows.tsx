import classes from './plot.module.css';
import { stepsText } from './steps-text';

export interface TooltipRow {
  name: string;
  color: string;
  value: string;
  strong?: boolean;
}

interface TooltipRowsProps {
  step: number;
  /** The first step, if the values are means over several steps. */
  first?: number;
  rows: readonly TooltipRow[];
}

/** The values of all lines at one step or over several steps. */
export function TooltipRows({ step, first = step, rows }: TooltipRowsProps) {
  return (
    <>
      <div className={classes.tooltipStep}>{stepsText(first, step)}</div>
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
