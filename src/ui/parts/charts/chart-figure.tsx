import { useElementSize } from '@mantine/hooks';
import { useMemo, type ReactNode } from 'react';
import { isRunning, isWaiting } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { ChartFrame, type ChartFrameProps } from './chart-frame';
import { ChartWords } from '../../kit/plot/chart-words';
import classes from './charts.module.css';

interface ChartFigureProps extends Omit<ChartFrameProps, 'children'> {
  /** The chart in words, with its current values, for people who cannot see it. */
  summary: string;
  height: number;
  /** The text over the empty axes while there is nothing to draw; null otherwise. */
  empty: string | null;
  /** @param width the width of the plot in CSS pixels */
  children: (width: number) => ReactNode;
  legend?: ReactNode;
}

/**
 * A titled chart. Its space is reserved from the start, so that nothing moves when the first
 * numbers arrive.
 */
export function ChartFigure({ summary, height, empty, children, legend, ...frame }: ChartFigureProps) {
  const { ref, width } = useElementSize();
  const { title } = frame;
  const words = useMemo(() => ({ title, summary }), [title, summary]);
  return (
    <ChartFrame {...frame}>
      <div ref={ref} className={classes.body} style={{ height }}>
        {/* The axes are drawn from the start, under the message, because creating them takes
            long enough to be noticed when training begins. */}
        {width > 0 && <ChartWords value={words}>{children(Math.floor(width))}</ChartWords>}
        {empty !== null && <EmptyPlot text={empty} />}
      </div>
      {legend}
    </ChartFrame>
  );
}

function EmptyPlot({ text }: { text: string }) {
  const waiting = useRunStore(isWaiting);
  const starting = useRunStore((state) => isRunning(state) && state.step === 0);
  return (
    <div className={classes.empty}>
      <span>
        {waiting
          ? 'Training begins by itself when the images are here'
          : starting
            ? 'The first step is under way…'
            : text}
      </span>
    </div>
  );
}

/** One current value: a line sample, a name, and a number in a fixed width. */
export function Readout({
  color,
  dash,
  name,
  value,
  note,
  help,
}: {
  color: string;
  dash?: string;
  name: string;
  value: string;
  /** What the value is of, if it is not of the newest step. */
  note?: string;
  help?: string;
}) {
  return (
    <span className={classes.value} title={help}>
      <LineSample color={color} dash={dash} />
      {name} <b>{value}</b>
      {note && <span className={classes.valueNote}>{note}</span>}
    </span>
  );
}

/** A short piece of a line, for the legend. */
export function LineSample({ color, dash, width = 2 }: { color: string; dash?: string; width?: number }) {
  return (
    <svg width="14" height="8" aria-hidden className={classes.sample}>
      <line x1="1" x2="13" y1="4" y2="4" stroke={color} strokeWidth={width} strokeDasharray={dash} />
    </svg>
  );
}
