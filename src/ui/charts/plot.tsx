import { VisuallyHidden } from '@mantine/core';
import { memo, use, useMemo, useState, type ReactNode } from 'react';
import { CartesianGrid, LineChart, XAxis, YAxis } from 'recharts';
import { formatExact } from '../format';
import type { Axis } from './axes';
import { ChartWords } from './chart-words';
import classes from './charts.module.css';
import type { Mark } from './curves';
import { EdgeMarks } from './edge-marks';
import { GuideLine, type Guide } from './guide-line';
import { HoverBox } from './hover';
import { Lines } from './lines';
import { INSET, plotScale } from './plot-scale';
import { usePointed } from './use-pointed';

/** One point of all lines: the value of each line under its key, null where it breaks. */
export interface PlotPoint {
  step: number;
  /** Position in the curve, for readouts of what cannot be drawn. */
  index: number;
  [key: string]: number | null;
}

export interface PlotLine {
  key: string;
  color: string;
  width?: number;
  dash?: string;
  opacity?: number;
  /** Sparse values, joined across the points that have none. */
  sparse?: boolean;
}

interface PlotProps {
  width: number;
  height: number;
  points: PlotPoint[];
  lines: readonly PlotLine[];
  marks: readonly (Mark & { color: string })[];
  x: Axis;
  y: Axis;
  scale: 'linear' | 'log';
  formatY: (value: number) => string;
  guide?: Guide;
  /** Rows of the tooltip at a point. */
  describe: (point: PlotPoint) => ReactNode;
}

const MARGIN = { top: INSET.top, right: INSET.right, bottom: 0, left: 0 };
const TICK = { fontSize: 11, fill: 'var(--faint)' };
/** Recharts works through all its data with every update, and needs none of them for the axes: {@link Lines} draws them. */
const NONE: PlotPoint[] = [];

/** Lines over training steps. Drawn as it is told: no animation, no guessing of ranges, so that one update stays cheap. */
export const Plot = memo(function Plot({ width, height, points, lines, marks, scale, formatY, guide, describe, ...axes }: PlotProps) {
  const x = useSteady(axes.x);
  const y = useSteady(axes.y);
  const places = useMemo(() => plotScale({ width, height }, x, y, scale), [width, height, x, y, scale]);
  const { title, summary } = use(ChartWords);
  // As it was when a key was pressed: a running chart would never stop talking.
  const [said, setSaid] = useState<ReactNode>(null);
  const { frame, active, handlers } = usePointed(points, x, (point) => setSaid(point && describe(point)));
  return (
    <div
      ref={frame}
      className={classes.plotFrame}
      role="application"
      aria-roledescription="line chart"
      aria-label={`${title}: arrow keys move over the steps`}
      tabIndex={0}
      {...handlers}
    >
      <div role="img" aria-label={summary}>
        <LineChart width={width} height={height} data={NONE} margin={MARGIN} accessibilityLayer={false} className={classes.plot}>
          <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
          <XAxis
            dataKey="step"
            type="number"
            {...x}
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
            width={INSET.left}
            tick={TICK}
            tickFormatter={formatY}
            stroke="var(--chart-axis)"
            tickSize={4}
            allowDataOverflow
            interval={0}
          />
          {guide && <GuideLine guide={guide} scale={places} />}
          <Lines points={points} lines={lines} scale={places} active={active} />
          <EdgeMarks marks={marks} scale={places} />
          <text x={4} y={height - 6} className={classes.axisName}>
            step
          </text>
        </LineChart>
      </div>
      {active && (
        <HoverBox point={active} x={x} width={width}>
          {describe(active)}
        </HoverBox>
      )}
      <VisuallyHidden component="output" aria-live="polite">
        {said}
      </VisuallyHidden>
    </div>
  );
});

/** The same object as long as the axis shows the same: recharts rebuilds whatever depends on an axis that changed. */
function useSteady(axis: Axis): Axis {
  const [kept, setKept] = useState(axis);
  const same = [...kept.domain, ...kept.ticks].join() === [...axis.domain, ...axis.ticks].join();
  if (!same) setKept(axis);
  return same ? kept : axis;
}
