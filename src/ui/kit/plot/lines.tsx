import { Curve } from 'recharts';
import { dotsOf, lonelyDotsOf, placesOf, splitAtGaps } from './line-places';
import classes from './plot.module.css';
import type { PlotLine, PlotPoint } from './plot-point';
import type { PlotScale } from './plot-scale';

interface LinesProps {
  points: readonly PlotPoint[];
  lines: readonly PlotLine[];
  scale: PlotScale;
  /** The point that the pointer or the arrow keys are at. */
  active: PlotPoint | null;
}

/**
 * Draws each line of a plot as a `Curve` of recharts. The `Line` of recharts draws the same curve,
 * but it goes through recharts' store and makes labels for all points with every update, which
 * takes several times as long: see "Charts are recharts' as far as it keeps up" in src/README.md.
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
/** Between distant values nothing was measured: dots that lead the eye, fainter than a line. */
const GAP = { dash: '1 5', opacity: 0.55 };

function Line({ line, points, scale }: { line: PlotLine; points: readonly PlotPoint[]; scale: PlotScale }) {
  const { key, color, width = 1.75, dash, opacity, sparse = false } = line;
  const places = placesOf(points, key, scale);
  const dots = sparse ? dotsOf(places).slice(-MOST_DOTS) : lonelyDotsOf(places);
  const { near, far } = sparse ? splitAtGaps(places) : { near: places, far: [] };
  return (
    <g data-line={key}>
      <Curve
        layout="horizontal"
        points={near}
        stroke={color}
        strokeWidth={width}
        strokeDasharray={dash}
        strokeOpacity={opacity}
      />
      {far.length > 0 && (
        <path
          data-gaps
          d={far.map(([a, b]) => `M${a.x},${a.y}L${b.x},${b.y}`).join('')}
          stroke={color}
          strokeWidth={width}
          strokeDasharray={GAP.dash}
          strokeOpacity={GAP.opacity}
        />
      )}
      {dots.map(({ x, y }) => (
        <circle key={x} cx={x} cy={y} r={sparse ? 2.5 : 1.5 + width / 2} fill={color} fillOpacity={opacity} />
      ))}
    </g>
  );
}

/** Marks the step that the pointer is at, with a dot on each line. */
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
        const value = point[key] ?? null;
        const place = value === null ? null : y(value);
        return place === null ? null : <circle key={key} cx={at} cy={place} r={3} fill={color} fillOpacity={opacity} />;
      })}
    </g>
  );
}
