import { useComputedColorScheme } from '@mantine/core';
import { formatNumber } from '../../kit/words/format';
import { signColor } from '../../kit/palette';
import classes from './guide.module.css';

interface NumberGridProps {
  caption: string;
  /** The values row by row; null for a place outside the image. */
  values: readonly (number | null)[];
  columns: number;
  /** The index of a value to frame. */
  strong?: number;
}

/** The numbers of a small window; their shade shows sign and size as well. */
export function NumberGrid({ caption, values, columns, strong }: NumberGridProps) {
  const scheme = useComputedColorScheme('light');
  const most = Math.max(...values.map((value) => Math.abs(value ?? 0)), 1e-30);
  const shade = (value: number) => `color-mix(in srgb, ${signColor(value / most / 2, scheme)} 32%, transparent)`;
  const rows = Array.from({ length: Math.ceil(values.length / columns) }, (_, row) =>
    values.slice(row * columns, (row + 1) * columns),
  );
  return (
    <table className={`${classes.grid} numeric`}>
      <caption>{caption}</caption>
      <tbody>
        {rows.map((row, r) => (
          <tr key={r}>
            {row.map((value, c) => (
              <td
                key={c}
                data-strong={r * columns + c === strong || undefined}
                style={value === null ? undefined : { background: shade(value) }}
                title={value === null ? 'Outside of the image' : undefined}
              >
                {value === null ? '·' : formatNumber(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
