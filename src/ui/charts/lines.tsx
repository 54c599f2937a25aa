import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import classes from './charts.module.css';
import type { PlotLine, PlotPoint } from './plot';

type Scale = (value: number) => number;

/** Pixels beyond any chart. A network that explodes has values that, on the axis of a moment ago, no SVG can hold. */
const FAR = 1e5;

/**
 * The lines of a plot as one SVG path each. Recharts gives axes and scales; its own `Line` costs several
 * milliseconds per line and update, which training at full speed does not leave to the page.
 * @param active the point that the pointer is at
 */
export function Lines({ points, lines, active }: { points: readonly PlotPoint[]; lines: readonly PlotLine[]; active: PlotPoint | null }) {
  const x = useXAxisScale() as Scale | undefined;
  const scale = useYAxisScale() as Scale | undefined;
  if (!x || !scale) return null;
  const y: Scale = (value) => Math.min(Math.max(scale(value), -FAR), FAR);
  const columns = points.map((point) => x(point.step));
  return (
    <g fill="none" strokeLinejoin="round">
      {lines.map(({ key, color, width = 1.75, dash, opacity, sparse = false }) => (
        <g key={key} data-line={key}>
          <path
            d={pathOf(points, columns, key, y, sparse)}
            stroke={color}
            strokeWidth={width}
            strokeDasharray={dash}
            strokeOpacity={opacity}
          />
          {sparse && <Dots points={points} columns={columns} line={key} color={color} y={y} />}
        </g>
      ))}
      {active && <Cursor point={active} lines={lines} x={x} y={y} />}
    </g>
  );
}

/** Straight pieces between points; a missing value breaks the line, or is skipped where values are sparse. A point alone is a dot. */
function pathOf(points: readonly PlotPoint[], columns: readonly number[], key: string, y: Scale, sparse: boolean): string {
  let path = '';
  let pen = 'M';
  points.forEach((point, i) => {
    const value = point[key];
    if (value !== null) path += `${pen}${columns[i].toFixed(1)} ${y(value).toFixed(1)}`;
    if (value !== null && pen === 'M' && (points[i + 1]?.[key] ?? null) === null) path += 'm-1.5 0h3';
    if (value !== null) pen = 'L';
    else if (!sparse) pen = 'M';
  });
  return path;
}

const MOST_DOTS = 40;

interface DotsProps {
  points: readonly PlotPoint[];
  columns: readonly number[];
  line: string;
  color: string;
  y: Scale;
}

function Dots({ points, columns, line, color, y }: DotsProps) {
  const dots = points.flatMap((point, i) => {
    const value = point[line];
    return value === null ? [] : [{ cx: columns[i], cy: y(value) }];
  });
  return dots.slice(-MOST_DOTS).map(({ cx, cy }) => <circle key={cx} cx={cx} cy={cy} r={2.5} fill={color} />);
}

/** The step that the pointer is at, with dots on the lines. */
function Cursor({ point, lines, x, y }: { point: PlotPoint; lines: readonly PlotLine[]; x: Scale; y: Scale }) {
  const area = usePlotArea();
  const at = x(point.step);
  return (
    <>
      {area && <line x1={at} x2={at} y1={area.y} y2={area.y + area.height} className={classes.cursor} />}
      {lines.map(({ key, color }) => {
        const value = point[key];
        return value === null ? null : <circle key={key} cx={at} cy={y(value)} r={3} fill={color} />;
      })}
    </>
  );
}
