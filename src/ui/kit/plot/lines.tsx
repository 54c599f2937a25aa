import classes from './plot.module.css';
import { linePath } from './line-path';
import type { PlotLine, PlotPoint } from './plot-point';
import type { PlotScale } from './plot-scale';

interface LinesProps {
  points: readonly PlotPoint[];
  lines: readonly PlotLine[];
  scale: PlotScale;
  /** The point that the pointer is at. */
  active: PlotPoint | null;
}

/**
 * The lines of a plot as one SVG path each. Recharts draws the axes; its own `Line` costs several
 * milliseconds per line and update, which training at full speed does not leave to the page.
 */
export function Lines({ points, lines, scale, active }: LinesProps) {
  return (
    <g fill="none" strokeLinejoin="round">
      {lines.map((line) => (
        <Line key={line.key} line={line} points={points} scale={scale} />
      ))}
      {active && <Cursor point={active} lines={lines} scale={scale} />}
    </g>
  );
}

const MOST_DOTS = 40;

function Line({ line, points, scale }: { line: PlotLine; points: readonly PlotPoint[]; scale: PlotScale }) {
  const { key, color, width = 1.75, dash, opacity, sparse = false } = line;
  const { d, alone } = linePath(points, key, scale, sparse);
  const dots = sparse ? placesOf(points, key, scale).slice(-MOST_DOTS) : alone;
  return (
    <g data-line={key}>
      <path d={d} stroke={color} strokeWidth={width} strokeDasharray={dash} strokeOpacity={opacity} />
      {dots.map(({ x, y }) => (
        <circle key={x} cx={x} cy={y} r={sparse ? 2.5 : 1.5 + width / 2} fill={color} fillOpacity={opacity} />
      ))}
    </g>
  );
}

function placesOf(points: readonly PlotPoint[], key: string, scale: PlotScale): { x: number; y: number }[] {
  return points.flatMap((point) => {
    const value = point[key];
    const y = value === null ? null : scale.y(value);
    return y === null ? [] : [{ x: scale.x(point.step), y }];
  });
}

/** The step that the pointer is at, with dots on the lines. */
function Cursor({
  point,
  lines,
  scale: { area, x, y },
}: {
  point: PlotPoint;
  lines: readonly PlotLine[];
  scale: PlotScale;
}) {
  const at = x(point.step);
  return (
    <g data-cursor={point.step}>
      <line x1={at} x2={at} y1={area.top} y2={area.bottom} className={classes.cursor} />
      {lines.map(({ key, color, opacity }) => {
        const value = point[key];
        const place = value === null ? null : y(value);
        return place === null ? null : <circle key={key} cx={at} cy={place} r={3} fill={color} fillOpacity={opacity} />;
      })}
    </g>
  );
}
