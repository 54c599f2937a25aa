import { VisuallyHidden } from '@mantine/core';
import { memo, use, useMemo, useState, type ReactNode } from 'react';
import type { Axis } from './axes';
import { ChartWords } from './chart-words';
import classes from './plot.module.css';
import type { Mark } from './curves';
import type { Guide } from './guide-line';
import { HoverBox } from './hover';
import { PlotAxes, PlotContentContext } from './plot-axes';
import type { PlotLine, PlotPoint } from './plot-point';
import { plotScale } from './plot-scale';
import { usePointed } from './use-pointed';
import { useSteady } from './use-steady';

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
  /** Renders the rows of the tooltip at a point. */
  describe: (point: PlotPoint) => ReactNode;
}

/**
 * Draws lines over training steps. There is no animation and no guessing of ranges, so that an
 * update stays cheap.
 */
export const Plot = memo(function Plot({
  width,
  height,
  points,
  lines,
  marks,
  scale,
  formatY,
  guide,
  describe,
  ...axes
}: PlotProps) {
  const x = useSteady(axes.x);
  const y = useSteady(axes.y);
  const places = useMemo(() => plotScale({ width, height }, x, y, scale), [width, height, x, y, scale]);
  const { title, summary } = use(ChartWords);
  // The text at the last key press. It is not updated while the chart runs, because a screen reader
  // would never stop talking.
  const [said, setSaid] = useState<ReactNode>(null);
  const { frame, active, handlers } = usePointed(points, x, (point) => setSaid(point && describe(point)));
  return (
    <div
      ref={frame}
      className={classes.plotFrame}
      role="application"
      aria-roledescription="line chart"
      aria-label={`${title}: arrow keys move over the steps`}
      data-keys="Arrow keys move over the steps"
      tabIndex={0}
      {...handlers}
    >
      <div role="img" aria-label={summary}>
        <PlotContentContext value={{ points, lines, marks, active, places }}>
          <PlotAxes {...{ width, height, x, y, scale, formatY, guide, places }} />
        </PlotContentContext>
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
