import { useComputedColorScheme } from '@mantine/core';
import { memo, useCallback, useMemo, type MouseEvent, type ReactNode } from 'react';
import { at } from '../../../at';
import { formatNumber } from '../../kit/words/format';
import { ChartFigure } from './chart-figure';
import classes from './charts.module.css';
import type { ChartTable } from '../../kit/export/table';
import type { Guide } from '../../kit/plot/guide-line';
import {
  layerCurves,
  lineKey,
  nearestLayer,
  rawKey,
  type LayerCurves,
  type LayerSeries,
  type Spread,
} from './layer-curves';
import { LayerLegend } from './layer-legend';
import type { LayerLine } from './layer-lines';
import { Plot } from '../../kit/plot/plot';
import type { PlotLine, PlotPoint } from '../../kit/plot/plot-point';
import { INSET } from '../../kit/plot/plot-scale';
import { useSelectedId } from './select-layer';
import { formatDecade, formatShare } from '../../kit/plot/tick-format';
import { TooltipRows } from '../../kit/plot/tooltip-rows';
import { useHoveredLayer } from './use-hovered-layer';
import { useLayerLines } from './use-layer-lines';

interface LayerChartProps {
  title: string;
  unit: string;
  /** The name of the values in a sentence, such as `gradient`. */
  noun: string;
  series: LayerSeries;
  spread: Spread;
  smoothing: number;
  height: number;
  /** @default formatNumber */
  format?: (value: number) => string;
  guide?: Guide;
  /** The text shown while there is nothing to draw. */
  empty: string;
  action?: ReactNode;
  /** Returns a word to show behind the name of a layer, if any. */
  remark?: (layer: string) => string;
  table: () => ChartTable;
}

/** Draws one line per layer, in depth order. A click in the legend or on a line selects a layer. */
export const LayerChart = memo(function LayerChart(props: LayerChartProps) {
  const {
    title,
    unit,
    noun,
    series,
    spread,
    smoothing,
    height,
    format = formatNumber,
    guide,
    empty,
    action,
    remark,
    table,
  } = props;
  const scheme = useComputedColorScheme('light');
  const selected = useSelectedId();
  // Half of the guide's value, so that the guide is inside the plot and not on its lower edge.
  const curves = useMemo(
    () => layerCurves(series, spread, smoothing, guide ? [guide.value / 2] : []),
    [series, spread, smoothing, guide],
  );
  const { layers } = curves;
  const { frame, hovered, setHovered, handlers } = useHoveredLayer((event) => layerUnder(event, curves, height));
  const strong = hovered ?? selected;
  const styles = useLayerLines(layers, scheme);
  // Uses the index of the layer, because `layers` is a new array with every step.
  const strongest = layers.indexOf(strong ?? '');
  const lines = useMemo(() => linesFor(styles, strongest), [styles, strongest]);
  // With smoothing, the measured values stay visible as faint lines in the background.
  const drawn = useMemo(() => (smoothing > 0 ? [...rawLines(lines), ...lines] : lines), [lines, smoothing]);
  const marks = useMemo(
    () => curves.marks.map((mark) => ({ ...mark, color: at(styles, mark.layer).color })),
    [curves, styles],
  );
  const describe = useCallback(
    (point: PlotPoint) => (
      <LayerTooltip point={point} curves={curves} styles={styles} strong={strong} format={format} />
    ),
    [curves, styles, strong, format],
  );

  const current = curves.values.map((line) => line.at(-1) ?? undefined);
  const words = layers.map((layer, l) => `${layer} ${current[l] === undefined ? '–' : format(current[l])}`).join(', ');
  const isEmpty = curves.points.length === 0 || layers.length === 0;
  const entries = layers.map((layer, l) => ({
    layer,
    ...at(styles, l),
    value: current[l],
    remark: remark?.(layer),
  }));
  return (
    <ChartFigure
      title={title}
      unit={unit}
      action={action}
      height={height}
      summary={
        `${title} per layer over training steps${curves.scale === 'log' ? ', logarithmic' : ''}. ` +
        `${isEmpty ? 'No steps yet.' : words}`
      }
      empty={isEmpty ? empty : null}
      legend={
        <LayerLegend
          name={`Layers of the ${noun} chart`}
          {...{ noun, entries, strong, selected, format }}
          onHover={setHovered}
        />
      }
      table={table}
    >
      {(width) => (
        <div ref={frame} className={classes.pointer} {...handlers}>
          <Plot
            {...{ width, height, marks, guide, describe }}
            lines={drawn}
            {...{ points: curves.points, x: curves.x, y: curves.y, scale: curves.scale }}
            formatY={spread === 'decades' ? formatDecade : spread === 'share' ? formatShare : format}
          />
        </div>
      )}
    </ChartFigure>
  );
});

/** @param strong index of the layer to bring forward; -1 for none */
function linesFor(styles: readonly LayerLine[], strong: number): PlotLine[] {
  return styles.map((style, layer) => ({
    ...style,
    key: lineKey(layer),
    width: layer === strong ? 3 : 1.75,
    opacity: strong < 0 || layer === strong ? 1 : 0.5,
  }));
}

const rawLines = (lines: readonly PlotLine[]): PlotLine[] =>
  lines.map(({ color, opacity }, layer) => ({ key: rawKey(layer), color, width: 1, opacity: 0.28 * (opacity ?? 1) }));

function layerUnder(event: MouseEvent, curves: LayerCurves, height: number): string | null {
  const box = event.currentTarget.getBoundingClientRect();
  const x = (event.clientX - box.left - INSET.left) / (box.width - INSET.left - INSET.right);
  const y = 1 - (event.clientY - box.top - INSET.top) / (height - INSET.top - INSET.bottom);
  const layer = nearestLayer(curves, { x, y });
  return layer === null ? null : at(curves.layers, layer);
}

interface LayerTooltipProps {
  point: PlotPoint;
  curves: LayerCurves;
  styles: readonly LayerLine[];
  strong: string | null;
  format: (value: number) => string;
}

/** The number of rows that fit into a box over the chart. */
const MOST_ROWS = 10;

function LayerTooltip({ point, curves, styles, strong, format }: LayerTooltipProps) {
  const { layers, values } = curves;
  const rows = layers.map((name, l) => {
    const value = at(at(values, l), point.index);
    return { name, color: at(styles, l).color, value: value === null ? '–' : format(value), strong: name === strong };
  });
  const meant = Math.max(0, layers.indexOf(strong ?? ''));
  const first = Math.max(0, Math.min(meant - MOST_ROWS / 2, rows.length - MOST_ROWS));
  return (
    <TooltipRows step={point.step} first={curves.firsts[point.index]} rows={rows.slice(first, first + MOST_ROWS)} />
  );
}
