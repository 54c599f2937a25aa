import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { memo, useCallback, useMemo } from 'react';
import { at } from '../../../../at';
import type { Histogram } from '../../../../train/wire/protocol';
import { ChartFrame } from '../../../parts/charts/chart-frame';
import { formatExact, formatNumber } from '../../../kit/words/format';
import { CursorReadout } from '../cursor-readout';
import { binArea, drawRidges, RIDGE_INSET, sliceAt } from './draw-ridges';
import { FittedCanvas } from '../fitted-canvas';
import classes from '../gradients.module.css';
import { NothingYet } from '../nothing-yet';
import { ridgeTable } from './ridge-table';
import { binAt, middleBound, ridgesOf, valuesOf, type Ridges } from './ridges';
import { useGridCursor, type GridCell } from '../use-grid-cursor';

/** The number of places along the bins where the arrow keys stop. */
const STOPS = 40;
const HEIGHT = 216;

interface RidgelineProps {
  title: string;
  /** Oldest first. */
  slices: { step: number; histogram: Histogram }[];
  /** The colour of the layer's family. */
  hue: string;
}

/** Shows how the values of a tensor were spread at each step, with the newest step in front. */
export const Ridgeline = memo(function Ridgeline({ title, slices, hue }: RidgelineProps) {
  const { ref, width } = useElementSize();
  const ridges = useMemo(() => ridgesOf(slices), [slices]);
  const count = ridges.ridges.length;
  const room = useMemo(() => ({ width, height: HEIGHT }), [width]);
  const cellAt = (x: number, y: number): GridCell => {
    const [left, right] = binArea(room);
    return { row: sliceAt(y, count, room), column: Math.floor(((x - left) / (right - left)) * STOPS) };
  };
  const { frame, cell, keyed, handlers } = useGridCursor({ rows: count, columns: STOPS, cellAt, onSelect: () => {} });
  const table = useCallback(() => ridgeTable(slices), [slices]);
  return (
    <ChartFrame title={title} unit="" table={table}>
      <div ref={ref} className={classes.ridges} style={{ height: HEIGHT }}>
        <div
          ref={frame}
          className={classes.heatPlot}
          role="application"
          aria-roledescription="ridgeline plot"
          aria-label={`${title}: ${count} histograms, the newest in front. Arrow keys move through steps and values.`}
          data-keys="Arrow keys move through steps and values"
          tabIndex={0}
          {...handlers}
        >
          <Picture ridges={ridges} room={room} hue={hue} strong={cell?.row ?? null} />
        </div>
        {count === 0 && <NothingYet missing="There are no histograms of this tensor." />}
      </div>
      <Bounds domain={ridges.domain} width={binArea(room)[1] - binArea(room)[0]} empty={count === 0} />
      <CursorReadout text={cell ? describeBin(ridges, cell) : describeNewest(slices.at(-1))} keyed={keyed} tall />
    </ChartFrame>
  );
});

function Picture({
  ridges,
  room,
  hue,
  strong,
}: {
  ridges: Ridges;
  room: { width: number; height: number };
  hue: string;
  strong: number | null;
}) {
  const scheme = useComputedColorScheme('light');
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      const [surface, line, ink] =
        scheme === 'dark' ? ['#16191f', '#3d444f', '#e8ebf0'] : ['#ffffff', '#c9ced6', '#181c22'];
      drawRidges(context, ridges, room, { hue, surface, line, ink }, strong);
    },
    [ridges, room, hue, strong, scheme],
  );
  return <FittedCanvas width={room.width} height={room.height} draw={draw} />;
}

/** The ends of the shared bins, below the picture. */
function Bounds({ domain, width, empty }: { domain: readonly [number, number]; width: number; empty: boolean }) {
  const [low, high] = domain;
  const middle = middleBound(domain, width);
  return (
    <div className={classes.bounds} style={{ marginInline: `${RIDGE_INSET.left}px ${RIDGE_INSET.right}px` }}>
      <span>{empty ? '' : formatNumber(low)}</span>
      {middle && !empty && (
        <span className={classes.middleBound} style={{ insetInlineStart: `${100 * middle.share}%` }}>
          {formatNumber(middle.value)}
        </span>
      )}
      <span>{empty ? '' : formatNumber(high)}</span>
    </div>
  );
}

/** Describes the bin under the cursor: that of the slice itself, with its exact count. */
function describeBin({ ridges, domain: [low, high] }: Ridges, { row, column }: GridCell): string {
  const { step, histogram } = at(ridges, row);
  const stop = (high - low) / STOPS;
  const value = low + (column + 0.5) * stop;
  const bin = binAt(histogram, value, stop / 2);
  const when = `Step ${formatExact(step)}`;
  if (!bin) return `${when}: no values around ${formatNumber(value)}`;
  return (
    `${when}: ${formatExact(bin.count)} of ${formatExact(valuesOf(histogram))} values from ${formatNumber(bin.from)} ` +
    `to ${formatNumber(bin.to)}`
  );
}

function describeNewest(slice: { step: number; histogram: Histogram } | undefined): string {
  if (!slice) return '';
  const { mean, std, smallest, largest, below, above, notANumber, infinite } = slice.histogram;
  const outside = below + above > 0 ? `; ${formatExact(below)} below and ${formatExact(above)} above the bins` : '';
  const faults = notANumber + infinite > 0 ? `; ${formatExact(notANumber)} NaN, ${formatExact(infinite)} infinite` : '';
  const measured =
    `mean ${formatNumber(mean)} ± ${formatNumber(std)}, from ` +
    `${formatNumber(smallest)} to ${formatNumber(largest)}`;
  const spread = valuesOf(slice.histogram) > notANumber + infinite ? measured : 'no finite value';
  return `Step ${formatExact(slice.step)}: ${spread}${outside}${faults}`;
}
