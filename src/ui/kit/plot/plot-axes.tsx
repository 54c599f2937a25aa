import { createContext, memo, use } from 'react';
import { CartesianGrid, LineChart, XAxis, YAxis } from 'recharts';
import { formatExact } from '../words/format';
import type { Axis } from './axes';
import classes from './plot.module.css';
import type { Mark } from './curves';
import { EdgeMarks } from './edge-marks';
import { GuideLine, type Guide } from './guide-line';
import { Lines } from './lines';
import type { PlotLine, PlotPoint } from './plot-point';
import { INSET, type PlotScale } from './plot-scale';

/** The content between the axes. */
export interface PlotContent {
  points: readonly PlotPoint[];
  lines: readonly PlotLine[];
  marks: readonly (Mark & { color: string })[];
  /** The point that the pointer or the arrow keys are at. */
  active: PlotPoint | null;
  places: PlotScale;
}

export const PlotContentContext = createContext<PlotContent | null>(null);

interface PlotAxesProps {
  width: number;
  height: number;
  x: Axis;
  y: Axis;
  scale: 'linear' | 'log';
  formatY: (value: number) => string;
  guide?: Guide;
  /** The scale made from the axes. */
  places: PlotScale;
}

const MARGIN = { top: INSET.top, right: INSET.right, bottom: 0, left: 0 };
const TICK = { fontSize: 11, fill: 'var(--faint)' };
/**
 * Recharts processes all of its data with every update, and needs none for the axes. So it gets no
 * points; {@link Lines} gets them instead.
 */
const NONE: PlotPoint[] = [];
/**
 * Recharts also computes the places of grid lines that it does not draw. This leaves it none to
 * compute.
 */
const noLines = (): number[] => [];

/**
 * Draws the axes of a plot with recharts, using the given ticks, around the content. The content
 * comes through a context, so that recharts only works when an axis changes and not with every step
 * of training.
 */
export const PlotAxes = memo(function PlotAxes(props: PlotAxesProps) {
  const { width, height, x, y, scale, formatY, guide, places } = props;
  return (
    <LineChart
      width={width}
      height={height}
      data={NONE}
      margin={MARGIN}
      accessibilityLayer={false}
      className={classes.plot}
    >
      <CartesianGrid vertical={false} verticalCoordinatesGenerator={noLines} stroke="var(--chart-grid)" />
      <XAxis
        dataKey="step"
        type="number"
        {...x}
        niceTicks="none"
        allowDataOverflow
        height={INSET.bottom}
        tick={TICK}
        tickFormatter={formatExact}
        stroke="var(--chart-axis)"
        tickSize={4}
        interval="preserveEnd"
      />
      <YAxis
        type="number"
        scale={scale}
        {...y}
        niceTicks="none"
        width={INSET.left}
        tick={TICK}
        tickFormatter={formatY}
        stroke="var(--chart-axis)"
        tickSize={4}
        allowDataOverflow
        interval={0}
      />
      {guide && <GuideLine guide={guide} scale={places} />}
      <Content />
      <text x={4} y={height - 6} className={classes.axisName}>
        step
      </text>
    </LineChart>
  );
});

function Content() {
  const content = use(PlotContentContext);
  if (!content) return null;
  const { points, lines, marks, active, places } = content;
  return (
    <>
      <Lines points={points} lines={lines} scale={places} active={active} />
      <EdgeMarks marks={marks} scale={places} />
    </>
  );
}
