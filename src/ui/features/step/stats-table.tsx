import type { ReactNode } from 'react';
import type { TensorStats } from '../../../train/wire/protocol';
import { formatCount, formatNumber, formatPercent } from '../../kit/words/format';
import { ScrollTable } from './scroll-table';
import classes from './step.module.css';

export interface StatsRow {
  name: ReactNode;
  key: string;
  stats: TensorStats;
}

/** Figures of several tensors, each taken over all values of the tensor. */
export function StatsTable({ caption, rows }: { caption: string; rows: readonly StatsRow[] }) {
  return (
    <ScrollTable name={caption}>
      <table className={`${classes.table} numeric`}>
        <caption className={classes.caption}>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Tensor</th>
            <th scope="col">min</th>
            <th scope="col">mean</th>
            <th scope="col">max</th>
            <th scope="col">std</th>
            <th scope="col">L2 norm</th>
            <th scope="col">zeros</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, stats }) => (
            <tr key={key} data-bad={stats.notFinite > 0 || undefined}>
              <th scope="row">
                {name}
                {stats.notFinite > 0 && <span className={classes.bad}> {formatCount(stats.notFinite)} not finite</span>}
              </th>
              {[stats.min, stats.mean, stats.max, stats.std, stats.norm].map((value, i) => (
                <td key={i}>{formatNumber(value)}</td>
              ))}
              <td>{formatPercent(stats.zeros)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}
