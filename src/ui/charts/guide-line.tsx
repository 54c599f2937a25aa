import { usePlotArea, useYAxisScale } from 'recharts';
import classes from './charts.module.css';

/** A value to compare the lines with. */
export interface Guide {
  value: number;
  label: string;
}

/** A dashed line across the plot with its name at the right end. */
export function GuideLine({ guide: { value, label } }: { guide: Guide }) {
  const area = usePlotArea();
  const y = useYAxisScale()?.(value);
  if (!area || typeof y !== 'number' || !Number.isFinite(y)) return null;
  const end = area.x + area.width;
  return (
    <g data-guide={label}>
      <line x1={area.x} x2={end} y1={y} y2={y} className={classes.guide} />
      <text x={end - 4} y={y - 4} textAnchor="end" className={classes.guideLabel}>
        {label}
      </text>
    </g>
  );
}
