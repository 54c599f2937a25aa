import { useComputedColorScheme } from '@mantine/core';
import { memo, useCallback, useMemo, useState, type MouseEvent } from 'react';
import { formatNumber } from '../format';
import { CheckButton } from '../gradient-check/check-button';
import { layerColor, type Scheme } from '../palette';
import { useModelStore } from '../stores/model-store';
import { useRunStore } from '../stores/run-store';
import { ChartFigure } from './chart-figure';
import { rowsOf, useChartSettings } from './chart-settings';
import classes from './charts.module.css';
import { gradientCurves, lineKey, nearestLayer, type GradientCurves } from './gradient-curves';
import { GradientLegend } from './gradient-legend';
import { INSET, Plot, type PlotLine, type PlotPoint } from './plot';
import { TooltipRows } from './tooltip-rows';
import { useFrame } from './use-frame';

/** Colour is not the only sign: lines of neighbouring depth also differ in their dashes. */
const DASHES = [undefined, '7 3', '2 3'];

/** L2 norm of every trainable layer's gradient on a log axis: where the flow dies or explodes, and when. */
export const GradientChart = memo(function GradientChart({ place, height }: { place: number; height: number }) {
  const frame = useFrame(place);
  const scheme = useComputedColorScheme('light');
  const range = useChartSettings((state) => state.range);
  const smoothing = useChartSettings((state) => state.smoothing);
  const normSlots = useRunStore((state) => state.normSlots);
  const selectedUid = useModelStore((state) => state.selected);
  const selected = useRunStore((state) => (selectedUid && state.networkIds[selectedUid]) || null);
  const [hovered, setHovered] = useState<string | null>(null);
  // `frame` stands for the rows, which are read from the store when it changes.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const curves = useMemo(() => gradientCurves(rowsOf(range), normSlots, smoothing), [range, normSlots, smoothing, frame]);
  const { layers } = curves;
  const strong = hovered ?? selected;
  // By number and place: `layers` is a new array with every step.
  const count = layers.length;
  const strongest = layers.indexOf(strong ?? '');
  const lines = useMemo(() => linesFor(count, strongest, scheme), [count, strongest, scheme]);
  const marks = useMemo(
    () => curves.marks.map((mark) => ({ ...mark, color: layerColor(mark.layer, layers.length, scheme) })),
    [curves, layers.length, scheme],
  );
  const describe = useCallback(
    (point: PlotPoint) => <GradientTooltip point={point} curves={curves} scheme={scheme} strong={strong} />,
    [curves, scheme, strong],
  );
  const layerAt = (event: MouseEvent) => layerUnder(event, curves, height);

  const entries = layers.map((layer, l) => ({ layer, color: lines[l]?.color, dash: lines[l]?.dash, value: curves.norms[l].at(-1) }));
  const current = entries.map(({ layer, value }) => `${layer} ${value === undefined ? '–' : formatNumber(value)}`).join(', ');
  const empty = curves.points.length === 0 || layers.length === 0;
  return (
    <ChartFigure
      title="Gradient magnitude"
      unit="L2 norm per layer, log scale"
      action={<CheckButton />}
      height={height}
      summary={`Gradient magnitude per layer over training steps, logarithmic. ${empty ? 'No steps yet.' : current}`}
      empty={empty ? 'Press play to see the gradient of every layer' : null}
      legend={<GradientLegend entries={entries} strong={strong} onHover={setHovered} onSelect={selectLayer} />}
    >
      {(width) => (
        <div
          className={classes.pointer}
          onPointerMove={(event) => setHovered(layerAt(event))}
          onPointerLeave={() => setHovered(null)}
          onClick={(event) => selectLayer(layerAt(event) ?? '')}
        >
          <Plot
            width={width}
            height={height}
            points={curves.points}
            lines={lines}
            marks={marks}
            x={curves.x}
            y={curves.y}
            scale="log"
            formatY={formatDecade}
            describe={describe}
          />
        </div>
      )}
    </ChartFigure>
  );
});

/** Selects the layer of the stack that has this id in the network being trained; the stack may have changed since. */
function selectLayer(id: string): void {
  const { networkIds } = useRunStore.getState();
  const uid = Object.keys(networkIds).find((key) => networkIds[key] === id);
  if (uid && useModelStore.getState().layers.some((layer) => layer.uid === uid)) useModelStore.getState().select(uid);
}

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A decade as 10⁻³. */
function formatDecade(value: number): string {
  const exponent = Math.round(Math.log10(value));
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPT[Number(digit)]).join('');
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}

/** @param strong index of the layer to bring forward, -1 for none */
function linesFor(count: number, strong: number, scheme: Scheme): PlotLine[] {
  return Array.from({ length: count }, (_, layer) => ({
    key: lineKey(layer),
    color: layerColor(layer, count, scheme),
    dash: DASHES[layer % DASHES.length],
    width: layer === strong ? 3 : 1.75,
    opacity: strong < 0 || layer === strong ? 1 : 0.5,
  }));
}

function layerUnder(event: MouseEvent, curves: GradientCurves, height: number): string | null {
  const box = event.currentTarget.getBoundingClientRect();
  const x = (event.clientX - box.left - INSET.left) / (box.width - INSET.left - INSET.right);
  const y = 1 - (event.clientY - box.top - INSET.top) / (height - INSET.top - INSET.bottom);
  const layer = nearestLayer(curves, { x, y });
  return layer === null ? null : curves.layers[layer];
}

interface GradientTooltipProps {
  point: PlotPoint;
  curves: GradientCurves;
  scheme: Scheme;
  strong: string | null;
}

function GradientTooltip({ point, curves, scheme, strong }: GradientTooltipProps) {
  const { layers, norms } = curves;
  const rows = layers.map((name, l) => ({
    name,
    color: layerColor(l, layers.length, scheme),
    value: formatNumber(norms[l][point.index]),
    strong: name === strong,
  }));
  return <TooltipRows step={point.step} rows={rows} />;
}
