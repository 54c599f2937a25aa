import { SegmentedControl, Slider } from '@mantine/core';
import { explained } from '../../kit/explained';
import { Tooltip } from '../../kit/tooltip';
import { useChartSettings } from './chart-settings';
import classes from './charts.module.css';

const RANGES = explained([
  { value: 'recent', label: 'Last 500 steps', help: 'The newest steps alone, in more detail' },
  {
    value: 'full',
    label: 'Whole run',
    help: 'From the first step on; neighbouring steps are merged where there are many',
  },
]);

/** Controls for the range of steps shown and for the smoothing. */
export function ViewControls() {
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
      data={RANGES}
      value={range}
      onChange={(value) => set({ range: value === 'recent' ? 'recent' : 'full' })}
    />
  );
}

function SmoothingControl() {
  const smoothing = useChartSettings((state) => state.smoothing);
  const set = useChartSettings((state) => state.set);
  return (
    <Tooltip label="Moving average of the lines: 0 shows every value as measured">
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
    </Tooltip>
  );
}
