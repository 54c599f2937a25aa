import { SegmentedControl, Slider } from '@mantine/core';
import { Panel } from '../shell/panel';
import { useChartSettings } from './chart-settings';
import classes from './charts.module.css';
import { GradientChart } from './gradient-chart';
import { MetricChart } from './metric-chart';

const RANGES = [
  { value: 'recent', label: 'Last 500 steps' },
  { value: 'full', label: 'Whole run' },
] as const;

/** The three charts of a run: loss, accuracy, and the gradient magnitude of every trainable layer. */
export function Charts() {
  return (
    <div className={classes.charts}>
      <Panel title="Charts" actions={<RangeControl />}>
        <div className={classes.grid}>
          <MetricChart metric="loss" place={0} height={148} />
          <MetricChart metric="accuracy" place={1} height={148} />
          <div className={classes.wide}>
            <GradientChart place={2} height={216} />
          </div>
          <SmoothingControl />
        </div>
      </Panel>
    </div>
  );
}

function RangeControl() {
  const range = useChartSettings((state) => state.range);
  const set = useChartSettings((state) => state.set);
  return (
    <SegmentedControl
      size="xs"
      aria-label="Range of the charts"
      data={[...RANGES]}
      value={range}
      onChange={(value) => set({ range: value === 'recent' ? 'recent' : 'full' })}
    />
  );
}

function SmoothingControl() {
  const smoothing = useChartSettings((state) => state.smoothing);
  const set = useChartSettings((state) => state.set);
  return (
    <div className={classes.smoothing}>
      <span aria-hidden>Smoothing</span>
      <Slider
        className={classes.slider}
        size="sm"
        min={0}
        max={0.95}
        step={0.05}
        value={smoothing}
        onChange={(value) => set({ smoothing: value })}
        label={(value) => value.toFixed(2)}
        thumbLabel="Smoothing"
      />
      <span className={classes.smoothingValue}>{smoothing.toFixed(2)}</span>
    </div>
  );
}
