import { useComputedColorScheme } from '@mantine/core';
import { memo, useCallback, useMemo } from 'react';
import { at } from '../../../at';
import { formatCount, formatExact, formatNumber, formatPercent } from '../../kit/words/format';
import { splitColor } from '../../kit/palette';
import { isRunning } from '../../stores/run-machine/selectors';
import { useRunStore, type EvaluationPoint, type RunStore } from '../../stores/run-store';
import { ChartFigure, Readout } from '../../parts/charts/chart-figure';
import { rowsOf, useChartSettings } from '../../parts/charts/chart-settings';
import { metricCurves, type Metric } from './metric-curves';
import { metricTable } from './metric-table';
import { Plot } from '../../kit/plot/plot';
import type { PlotLine, PlotPoint } from '../../kit/plot/plot-point';
import { formatDecade, formatLoss, formatShare } from '../../kit/plot/tick-format';
import { TooltipRows } from '../../kit/plot/tooltip-rows';
import { useFrame } from '../../parts/charts/use-frame';

const TEXT = {
  loss: { title: 'Loss', unit: 'cross-entropy', empty: 'Press play to follow the loss', format: formatNumber },
  accuracy: { title: 'Accuracy', unit: '', empty: 'Press play to follow the accuracy', format: formatPercent },
};

const VALIDATION_DASH = '5 3';

/** Loss or accuracy over the steps, for training and validation. */
export const MetricChart = memo(function MetricChart({ metric, height }: { metric: Metric; height: number }) {
  const frame = useFrame();
  const scheme = useComputedColorScheme('light');
  const range = useChartSettings((state) => state.range);
  const smoothing = useChartSettings((state) => state.smoothing);
  const evaluations = useRunStore((state) => state.evaluations);
  const { title, unit, empty, format } = TEXT[metric];
  const curves = useMemo(
    () => metricCurves(metric, rowsOf(range), evaluations, smoothing),
    // `frame` represents the rows: it changes when the rows in the store do.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [metric, range, evaluations, smoothing, frame],
  );
  const colors = useMemo(
    () => ({ train: splitColor('train', scheme), validation: splitColor('validation', scheme) }),
    [scheme],
  );
  const lines = useMemo(() => linesFor(colors.train, colors.validation, smoothing > 0), [colors, smoothing]);
  const marks = useMemo(() => curves.marks.map((mark) => ({ ...mark, color: colors.train })), [curves, colors]);
  const describe = useCallback(
    (point: PlotPoint) => <MetricTooltip point={point} metric={metric} curves={curves} colors={colors} />,
    [metric, curves, colors],
  );

  const table = useCallback(
    () => metricTable(metric, rowsOf(range), useRunStore.getState().evaluations, TEXT[metric].format),
    [metric, range],
  );

  const train = curves.raw.at(-1);
  const validated = evaluations.findLast((point) => point.split === 'validation');
  const textOf = (value: number | undefined) => (value === undefined ? '–' : format(value));
  const [trainText, validationText] = [textOf(train), textOf(validated?.result[metric])];
  const validatedAt = validated ? ` at step ${validated.step}` : '';
  const now =
    train === undefined
      ? 'No steps yet.'
      : `Training ${trainText}, validation ${validationText}${validatedAt}, step ${curves.points.at(-1)!.step}.`;
  const age = useRunStore((state) => (validated ? ageOf(validated, state) : ''));
  const summary = `${title} over training steps. ${now}`;
  return (
    <ChartFigure
      title={title}
      unit={curves.scale === 'log' ? `${unit}, log` : unit}
      height={height}
      summary={summary}
      empty={curves.points.length === 0 ? empty : null}
      table={table}
      readout={
        <>
          <Readout color={colors.train} name="train" value={trainText} />
          <Readout
            color={colors.validation}
            dash={VALIDATION_DASH}
            name="validation"
            value={validationText}
            note={age}
            help={
              validated &&
              (validated.whole
                ? 'On all validation images.'
                : `An early glance at ${imagesOf(validated)}; all of them follow at the end of the epoch.`)
            }
          />
        </>
      }
    >
      {(width) => (
        <Plot
          width={width}
          height={height}
          points={curves.points}
          lines={lines}
          marks={marks}
          x={curves.x}
          y={curves.y}
          scale={curves.scale}
          formatY={curves.scale === 'log' ? formatDecade : metric === 'loss' ? formatLoss : formatShare}
          describe={describe}
        />
      )}
    </ChartFigure>
  );
});

/** Between evaluations on all validation images, a fixed part of them gives an early glance. */
const imagesOf = ({ images }: EvaluationPoint) => `${formatCount(images)} images`;

/** Milliseconds after which a validation result is old beside the training. */
const OLD_MS = 2000;

/** Says which step a validation result is of, once training is well past it. */
function ageOf({ step }: EvaluationPoint, state: RunStore): string {
  const behind = state.step - step;
  const old = isRunning(state) ? behind * state.msPerStep > OLD_MS : behind > 0;
  return old ? `at step ${formatExact(step)}` : '';
}

/** With smoothing, the measured values stay visible as a faint line in the background. */
function linesFor(train: string, validation: string, smoothed: boolean): PlotLine[] {
  const raw: PlotLine[] = smoothed ? [{ key: 'raw', color: train, width: 1, opacity: 0.28 }] : [];
  return [
    ...raw,
    { key: 'train', color: train },
    { key: 'validation', color: validation, dash: VALIDATION_DASH, sparse: true },
  ];
}

interface MetricTooltipProps {
  point: PlotPoint;
  metric: Metric;
  curves: ReturnType<typeof metricCurves>;
  colors: { train: string; validation: string };
}

function MetricTooltip({ point, metric, curves, colors }: MetricTooltipProps) {
  const { format } = TEXT[metric];
  const validation = curves.validation.get(point.index);
  const raw = at(curves.raw, point.index);
  const rows = [{ name: 'train', color: colors.train, value: format(raw) }];
  if (typeof point.train === 'number' && point.train !== raw)
    rows.push({ name: 'smoothed', color: colors.train, value: format(point.train) });
  if (validation) {
    rows.push({ name: 'validation', color: colors.validation, value: format(validation.result[metric]) });
    if (!validation.whole) rows.push({ name: 'early glance at', color: 'transparent', value: imagesOf(validation) });
  }
  return <TooltipRows step={point.step} first={curves.firsts[point.index]} rows={rows} />;
}
