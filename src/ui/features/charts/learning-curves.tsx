import chartClasses from '../../parts/charts/charts.module.css';
import classes from './charts.module.css';
import { MetricChart } from './metric-chart';

/** Loss and accuracy alone, without controls. */
export function LearningCurves() {
  return (
    <div className={chartClasses.charts}>
      <div className={classes.pair}>
        <MetricChart metric="loss" height={132} />
        <MetricChart metric="accuracy" height={132} />
      </div>
    </div>
  );
}
