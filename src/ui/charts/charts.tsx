import { SegmentedControl, Slider } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
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
  // On a low screen the prediction below is to be in sight as well.
  const tall = useMediaQuery('(min-height: 1000px)', undefined, { getInitialValueInEffect: false });
  const height = tall ? 152 : 116;
  return (
    <div className={classes.charts}>
      <Panel title="Charts" actions={<ViewControls />}>
        <div className={classes.grid}>
          <MetricChart metric="loss" place={0} height={height} />
          <MetricChart metric="accuracy" place={1} height={height} />
          <div className={classes.wide}>
            <GradientChart place={2} height={tall ? 232 : 164} />
          </div>
        </div>
      </Panel>
    </div>
  );
}

/** Which steps are shown, and how smooth. */
function ViewControls() {
  return (
    <div className={classes.controls}>
      <SmoothingControl />
      <RangeControl />
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
