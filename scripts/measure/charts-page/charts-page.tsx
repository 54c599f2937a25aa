/**
 * The page that `scripts/measure/charts.ts` opens: one chart as the page draws it, or as recharts
 * alone does, fed with a training run that goes on.
 */
import '@mantine/core/styles.css';
import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { layerCurves, lineKey, type LayerCurves } from '../../../src/ui/parts/charts/layer-curves.ts';
import { LayerLegend } from '../../../src/ui/parts/charts/layer-legend.tsx';
import { layerLines } from '../../../src/ui/parts/charts/layer-lines.ts';
import { formatNumber } from '../../../src/ui/kit/words/format.ts';
import { Plot } from '../../../src/ui/kit/plot/plot.tsx';
import type { PlotPoint } from '../../../src/ui/kit/plot/plot-point.ts';
import { formatDecade } from '../../../src/ui/kit/plot/tick-format.ts';
import { TooltipRows } from '../../../src/ui/kit/plot/tooltip-rows.tsx';
import { RechartsPlot, type Parts } from './recharts-plot.tsx';

export interface Variant extends Parts {
  by: 'page' | 'recharts';
}

declare global {
  interface Window {
    /** Draws the chart for the first time, with so many lines of so many points. */
    show(variant: Variant, points: number, lines: number): void;
    /** Draws it anew for every update. @returns how many there were */
    feed(variant: Variant, hertz: number, seconds: number): Promise<number>;
  }
}

const SIZE = { width: 600, height: 232 };
/** Moments of the run that the chart goes through, over and over. */
const MOMENTS = 40;

interface ChartProps {
  variant: Variant;
  curves: LayerCurves;
}

function Chart({ variant, curves }: ChartProps) {
  const { layers, points, marks, x, y } = curves;
  const styles = layerLines(layers, layers, new Set(layers), 'light');
  const lines = styles.map((style, layer) => ({ ...style, key: lineKey(layer), width: 1.75 }));
  const valuesAt = (point: PlotPoint | undefined) =>
    lines.map(({ key, ...style }, l) => ({ layer: layers[l] ?? key, ...style, value: point?.[key] ?? NaN }));
  const describe = (point: PlotPoint) => {
    const rows = valuesAt(point).map(({ layer, color, value }) => ({ name: layer, color, value: formatNumber(value) }));
    return <TooltipRows step={point.step} rows={rows} />;
  };
  const legend = (
    <LayerLegend
      name="Layers"
      noun="gradient"
      entries={valuesAt(points.at(-1))}
      strong={null}
      selected={null}
      format={formatNumber}
      onHover={() => {}}
    />
  );
  const common = { ...SIZE, points, lines, x, y, describe };
  if (variant.by === 'recharts') return <RechartsPlot {...common} {...variant} words={legend} />;
  return (
    <>
      <Plot {...common} scale="log" formatY={formatDecade} marks={marks.map((mark) => ({ ...mark, color: 'red' }))} />
      {variant.legend && legend}
    </>
  );
}

/** Gradient norms of a run that goes on: windows of `count` points, each a step later. */
function momentsOf(count: number, lines: number): LayerCurves[] {
  const layers = Array.from({ length: lines }, (_, i) => `conv2d_${i + 1}`);
  const valueOf = (layer: number, step: number) => 10 ** (-layer / 3 + 0.3 * Math.sin(step / 9 + layer * step));
  return Array.from({ length: MOMENTS }, (_, moment) => {
    const steps = Array.from({ length: count }, (_, i) => i + 1 + moment);
    const values = layers.map((_, layer) => steps.map((step) => valueOf(layer, step)));
    return layerCurves({ layers, steps, firsts: steps, values }, 'decades', 0);
  });
}

const root = createRoot(document.getElementById('root') as HTMLElement);
let moments: LayerCurves[] = [];

function draw(variant: Variant, moment: number) {
  const curves = moments[moment % MOMENTS];
  root.render(<MantineProvider>{curves && <Chart variant={variant} curves={curves} />}</MantineProvider>);
}

window.show = (variant, points, lines) => {
  moments = momentsOf(points, lines);
  draw(variant, 0);
};

window.feed = (variant, hertz, seconds) =>
  new Promise((resolve) => {
    let updates = 0;
    const timer = setInterval(() => {
      draw(variant, ++updates);
      if (updates < hertz * seconds) return;
      clearInterval(timer);
      // The last one is to be painted too.
      setTimeout(() => resolve(updates), 500 / hertz);
    }, 1000 / hertz);
  });
