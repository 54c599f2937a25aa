import { ReferenceLine } from 'recharts';
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
  const position = y < area.top + LABEL ? 'insideTopRight' : 'insideBottomRight';
  return (
    // In its place among the others, behind the lines, instead of in a layer of recharts' own.
    <g data-guide={label}>
      <ReferenceLine
        y={value}
        zIndex={0}
        stroke="var(--muted)"
        strokeDasharray="6 4"
        label={{ value: label, position, offset: 4, zIndex: 0, className: classes.guideLabel }}
      />
    </g>
  );
}
