import { useComputedColorScheme } from '@mantine/core';
import type { Factor } from '../../../model/explain/factors';
import { formatExact, formatNumber } from '../../kit/words/format';
import { signColor } from '../../kit/palette';
import classes from './inspector.module.css';

interface FactorTableProps {
  factors: Factor[];
  columns: number;
  /** Whether each value is multiplied by a weight. */
  weighted: boolean;
  winner?: Factor;
  caption: string;
}

/** Windows with more cells than this show their sum alone. */
const MOST_CELLS = 196;

/**
 * The cells of a window, arranged as in the image, each with its product. A bar on the left shows
 * its sign and size.
 */
export function FactorTable({ factors, columns, weighted, winner, caption }: FactorTableProps) {
  const scheme = useComputedColorScheme('light');
  if (factors.length > MOST_CELLS)
    return <p className={classes.check}>{formatExact(factors.length)} cells, too many to list.</p>;
  const most = Math.max(...factors.map(({ value, weight }) => Math.abs(value * weight)).filter(Number.isFinite), 1e-30);
  const lines = Array.from({ length: factors.length / columns }, (_, line) =>
    factors.slice(line * columns, (line + 1) * columns),
  );
  return (
    <div
      className={classes.factorScroll}
      tabIndex={columns > 5 ? 0 : undefined}
      role={columns > 5 ? 'group' : undefined}
      aria-label={columns > 5 ? caption : undefined}
    >
      <table className={classes.factors}>
        <caption>{caption}</caption>
        <tbody>
          {lines.map((line, ky) => (
            <tr key={ky}>
              {line.map((factor, kx) => {
                const product = factor.value * factor.weight;
                return (
                  <td
                    key={kx}
                    data-winner={factor === winner || undefined}
                    data-outside={!factor.inside || undefined}
                    style={{
                      borderLeftColor: product
                        ? signColor((0.7 * Math.sign(product) * Math.abs(product)) / most, scheme)
                        : undefined,
                    }}
                  >
                    <Cell factor={factor} weighted={weighted} product={product} />
                    {factor === winner && <span className={classes.winner}> wins</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({
  factor: { inside, value, weight },
  weighted,
  product,
}: {
  factor: Factor;
  weighted: boolean;
  product: number;
}) {
  if (!weighted) return inside ? <b>{formatNumber(value)}</b> : <span>outside</span>;
  return (
    <>
      <span>
        {inside ? formatNumber(value) : '0 (edge)'} × {formatNumber(weight)}
      </span>
      <b>{formatNumber(product)}</b>
    </>
  );
}
