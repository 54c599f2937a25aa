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
import { formatNumber } from '../../../src/ui/kit/format.ts';
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
    /** Draws the chart anew for every update. @returns how many were made */
    feed(variant: Variant, hertz: number, seconds: number): Promise<number>;
    show(variant: Variant, points: number, lines: number): void;
  }
}

const SIZE = { width: 600, height: 232 };
/** Moments of the run that the chart goes through, over and over. */
const MOMENTS = 40;
const ids = (count: number) => Array.from({ length: count }, (_, i) => `conv2d_${i + 1}`);

/** Gradient norms of a run that has come to a step: a window of `count` points that moves on. */
function curvesAt(moment: number, count: number, layers: string[]): LayerCurves {
  const steps = Array.from({ length: count }, (_, i) => i + 1 + moment);
  const valueOf = (layer: number, step: number) => 10 ** (-layer / 3 + 0.3 * Math.sin(step / 9 + layer * step));
  const values = layers.map((_, layer) => steps.map((step) => valueOf(layer, step)));
  return layerCurves({ layers, steps, firsts: steps, values }, 'decades', 0);
}

const root = createRoot(document.getElementById('root')!);
let layers: string[] = [];
let moments: LayerCurves[] = [];

function draw(variant: Variant, curves: LayerCurves) {
  const styles = layerLines(layers, layers, new Set(layers), 'light');
  const lines = styles.map((style, layer) => ({ ...style, key: lineKey(layer), width: 1.75 }));
  const { points, marks, x, y } = curves;
  const valueOf = (point: PlotPoint, layer: number) => point[lineKey(layer)] ?? NaN;
  const describe = (point: PlotPoint) => (
    <TooltipRows
      step={point.step}
      rows={layers.map((name, l) => ({ name, color: styles[l]!.color, value: formatNumber(valueOf(point, l)) }))}
    />
  );
  const entries = layers.map((layer, l) => ({ layer, ...styles[l]!, value: valueOf(points.at(-1)!, l) }));
  const legend = (
    <LayerLegend
      name="Layers"
      noun="gradient"
      {...{ entries, strong: null, selected: null }}
      format={formatNumber}
      onHover={() => {}}
    />
  );
  const common = { ...SIZE, points, lines, x, y, describe };
  root.render(
    <MantineProvider>
      {variant.by === 'recharts' ? (
        <RechartsPlot {...common} {...variant} words={legend} />
      ) : (
        <>
          <Plot {...common} scale="log" formatY={formatDecade} marks={marks.map((m) => ({ ...m, color: '' }))} />
          {variant.legend && legend}
        </>
      )}
    </MantineProvider>,
  );
}

window.show = (variant, points, lines) => {
  layers = ids(lines);
  moments = Array.from({ length: MOMENTS }, (_, moment) => curvesAt(moment, points, layers));
  draw(variant, moments[0]!);
};

window.feed = (variant, hertz, seconds) =>
  new Promise((resolve) => {
    let updates = 0;
    const timer = setInterval(() => {
      draw(variant, moments[++updates % MOMENTS]!);
      if (updates < hertz * seconds) return;
      clearInterval(timer);
      // The last one is to be painted too.
      setTimeout(() => resolve(updates), 500 / hertz);
    }, 1000 / hertz);
  });
