import classes from './plot.module.css';
import type { PlotScale } from './plot-scale';

/** A value to compare the lines with. */
export interface Guide {
  value: number;
  label: string;
}

/** Height of the label with the gap to its line, in CSS pixels. */
const LABEL = 16;

/**
 * A dashed line across the plot with its name at the right end, below it where there is no room
 * above.
 */
export function GuideLine({ guide: { value, label }, scale: { area, y: yOf } }: { guide: Guide; scale: PlotScale }) {
  const y = yOf(value);
  if (y === null) return null;
  return (
    <g data-guide={label}>
      <line x1={area.left} x2={area.right} y1={y} y2={y} className={classes.guide} />
      <text
        x={area.right - 4}
        y={y < area.top + LABEL ? y + 13 : y - 4}
        textAnchor="end"
        className={classes.guideLabel}
      >
        {label}
      </text>
    </g>
  );
}
