import { useComputedColorScheme } from '@mantine/core';
import { memo } from 'react';
import { signColor } from '../palette';
import classes from './prediction.module.css';

/** How often each class (rows) was taken for each class (columns): right ones blue on the diagonal, mistakes orange. */
export const ConfusionMatrix = memo(function ConfusionMatrix({ confusion }: { confusion: number[][] }) {
  const scheme = useComputedColorScheme('light');
  const rowSums = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  return (
    <div className={classes.confusionFrame}>
      <table className={classes.confusion}>
        <caption>Rows: the true digit. Columns: what the network says. Off the diagonal: mistakes.</caption>
        <thead>
          <tr>
            <td />
            {confusion.map((_, predicted) => (
              <th key={predicted} scope="col">
                {predicted}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {confusion.map((row, actual) => (
            <tr key={actual}>
              <th scope="row">{actual}</th>
              {row.map((count, predicted) => (
                <td
                  key={predicted}
                  style={count > 0 ? { background: shade(count / rowSums[actual], actual === predicted, scheme) } : undefined}
                  data-empty={count === 0 || undefined}
                  title={`${count} of ${rowSums[actual]} images of ${actual} taken for ${predicted}`}
                >
                  {count}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
});

/** Few mistakes must be seen among many right answers, so their colour grows with the square root of their share. */
function shade(share: number, right: boolean, scheme: 'light' | 'dark'): string {
  const strength = right ? 0.18 + 0.22 * share : 0.12 + 0.88 * Math.sqrt(share);
  return `color-mix(in srgb, ${signColor(right ? 0.5 : -0.5, scheme)} ${Math.round(100 * Math.min(strength, 0.7))}%, transparent)`;
}
