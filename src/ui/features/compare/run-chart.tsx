import { useComputedColorScheme } from '@mantine/core';
import { useCallback, useMemo, type ReactNode } from 'react';
import { accuracyAxis, decadeAxis, lossAxis, lossScale, stepAxis } from '../../kit/plot/axes';
import { ChartFigure, Readout } from '../../parts/charts/chart-figure';
import { useChartSettings } from '../../parts/charts/chart-settings';
import { Plot } from '../../kit/plot/plot';
import type { PlotPoint } from '../../kit/plot/plot-point';
import { formatDecade, formatLoss, formatShare } from '../../kit/plot/tick-format';
import { TooltipRows } from '../../kit/plot/tooltip-rows';
import type { KeptEvaluation, KeptRun } from '../../stores/kept-run';
import { LINE_KEYS, LINES, overlay, type Quantity } from './run-curves';
import { linesOf, runColor, runDash } from './run-lines';
import { overlayTable } from './runs-table';

interface RunChartProps {
  title: string;
  unit: string;
  kind: 'loss' | 'accuracy' | 'norm';
  a: KeptRun | null;
  b: KeptRun | null;
  quantityOf: (run: KeptRun) => Quantity | null;
  evaluated?: (point: KeptEvaluation) => number;
  format: (value: number) => string;
  action?: ReactNode;
}

const HEIGHT = 176;
/** On a linear axis; decades serve every kind on a log axis. */
const AXES = { loss: lossAxis, accuracy: accuracyAxis, norm: decadeAxis };
const TICKS = { loss: formatLoss, accuracy: formatShare, norm: formatDecade };

/** One quantity of two runs on shared axes. */
export function RunChart({ title, unit, kind, a, b, quantityOf, evaluated, format, action }: RunChartProps) {
  const scheme = useComputedColorScheme('light');
  const smoothing = useChartSettings((state) => state.smoothing);
  const scale = useMemo(() => {
    if (kind !== 'loss') return kind === 'norm' ? 'log' : 'linear';
    const { points } = overlay(a, b, quantityOf, { smoothing: 0, scale: 'linear' });
    return lossScale(points.flatMap((point) => [point.a ?? null, point.b ?? null]));
  }, [kind, a, b, quantityOf]);
  const curves = useMemo(
    () => overlay(a, b, quantityOf, { smoothing, scale, evaluated }),
    [a, b, quantityOf, smoothing, scale, evaluated],
  );
  const lines = useMemo(() => linesOf(scheme), [scheme]);
  const { points, steps, last } = curves;
  const shown = points.flatMap((point) => LINE_KEYS.map((key) => point[key]));
  const describe = useCallback(
    (point: PlotPoint) => <Values point={point} format={format} smoothed={smoothing > 0} />,
    [format, smoothing],
  );
  const text = (value: number | undefined) => (value === undefined ? '–' : format(value));
  const words = [a && `A, ${a.name}: ${text(last.a)}`, b && `B, ${b.name}: ${text(last.b)}`].filter(Boolean).join('; ');
  return (
    <ChartFigure
      title={title}
      unit={unit}
      height={HEIGHT}
      action={action}
      // The table has the numbers as measured, without smoothing.
      table={() =>
        overlayTable(overlay(a, b, quantityOf, { smoothing: 0, scale, evaluated }), { a: a?.name, b: b?.name }, format)
      }
      summary={`${title} over training steps. ${words || 'No steps yet.'}`}
      empty={points.length === 0 ? 'Train to see a curve' : null}
      readout={
        <>
          <Readout color={runColor('a', scheme)} dash={runDash('a')} name="A" value={text(last.a)} help={a?.name} />
          <Readout color={runColor('b', scheme)} dash={runDash('b')} name="B" value={text(last.b)} help={b?.name} />
        </>
      }
    >
      {(width) => (
        <Plot
          width={width}
          height={HEIGHT}
          points={points}
          lines={lines}
          marks={[]}
          x={stepAxis(steps)}
          y={(scale === 'log' ? decadeAxis : AXES[kind])(shown)}
          scale={scale}
          formatY={scale === 'log' ? formatDecade : TICKS[kind]}
          describe={describe}
        />
      )}
    </ChartFigure>
  );
}

function Values({
  point,
  format,
  smoothed,
}: {
  point: PlotPoint;
  format: (value: number) => string;
  smoothed: boolean;
}) {
  const scheme = useComputedColorScheme('light');
  const rows = LINE_KEYS.flatMap((key) => {
    const value = point[key] ?? null;
    const name = smoothed && (key === 'a' || key === 'b') ? `${LINES[key]}, smoothed` : LINES[key];
    return value === null
      ? []
      : [{ name, color: runColor(key.startsWith('a') ? 'a' : 'b', scheme), value: format(value) }];
  });
  return <TooltipRows step={point.step} rows={rows} />;
}
