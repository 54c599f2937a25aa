import { ReferenceLine } from 'recharts';
import classes from './plot.module.css';
import type { PlotScale } from './plot-scale';

/** A reference value to compare the lines with. */
export interface Guide {
  value: number;
  label: string;
}

/** The height of the label plus the gap to its line, in CSS pixels. */
const LABEL = 16;

/**
 * A dashed line across the plot with its label at the right end. The label is below the line if
 * there is no room above it.
 */
export function GuideLine({ guide: { value, label }, scale: { area, y: yOf } }: { guide: Guide; scale: PlotScale }) {
  const y = yOf(value);
  if (y === null) return null;
  const position = y < area.top + LABEL ? 'insideTopRight' : 'insideBottomRight';
  return (
    // `zIndex` 0 keeps the guide in this group, behind the lines, and out of recharts' own layers.
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
