import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Panel } from '../../kit/panel';
import chartClasses from '../../parts/charts/charts.module.css';
import classes from './charts.module.css';
import { GradientChart } from './gradient-chart';
import { MetricChart } from './metric-chart';
import { ViewControls } from '../../parts/charts/view-controls';

/**
 * The three charts of a run: loss, accuracy, and the gradient magnitude of every trainable layer.
 * @param gradientAction a button for gradients, in the corner of their chart
 */
export function Charts({ gradientAction }: { gradientAction: ReactNode }) {
  // On a low screen the charts are lower, so that the prediction below them is visible too.
  const tall = useMediaQuery('(min-height: 1000px)', undefined, { getInitialValueInEffect: false });
  const height = tall ? 152 : 116;
  return (
    <div className={chartClasses.charts}>
      <Panel title="Charts" actions={<ViewControls />}>
        <div className={classes.grid}>
          <MetricChart metric="loss" height={height} />
          <MetricChart metric="accuracy" height={height} />
          <div className={classes.wide}>
            <GradientChart height={tall ? 232 : 164} action={gradientAction} />
          </div>
        </div>
      </Panel>
    </div>
  );
}
