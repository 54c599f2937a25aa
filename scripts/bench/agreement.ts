import type { Row } from './rows.ts';

/** The losses of this many steps must agree before anything is timed. */
export const COMPARED_STEPS = 5;
/**
 * The largest relative difference allowed. Rounding in another order is far below it, another rule
 * or batch far above it.
 */
const TOLERANCE = 1e-3;

/** The losses of one contestant on one row. */
export interface FirstLosses {
  row: Row;
  id: string;
  losses: number[];
}

/** The largest relative difference between two runs' losses; infinite if a loss is NaN or missing. */
export function worstDifference(losses: readonly number[], expected: readonly number[]): number {
  const differences = expected.map((loss, i) => Math.abs((losses[i] ?? NaN) - loss) / Math.abs(loss));
  return Math.max(...differences.map((difference) => (Number.isFinite(difference) ? difference : Infinity)));
}

/** Prints who does not do the same work as the product. @returns whether all agree */
export function allAgree(peers: readonly FirstLosses[], product: ReadonlyMap<Row, number[]>): boolean {
  let worst = 0;
  let agree = true;
  const show = (losses: readonly number[]) => losses.map((loss) => loss.toFixed(6)).join(' ');
  for (const { row, id, losses } of peers) {
    const expected = product.get(row)!;
    const difference = worstDifference(losses, expected);
    worst = Math.max(worst, difference);
    if (difference <= TOLERANCE) continue;
    agree = false;
    console.error(
      `MISMATCH on ${row.id}: ${id} does not do the same work (relative difference ${difference.toExponential(1)}).`,
    );
    console.error(`  ${id.padEnd(14)} ${show(losses)}\n  ${'the page'.padEnd(14)} ${show(expected)}`);
  }
  if (agree)
    console.log(
      `First ${COMPARED_STEPS} losses of all agree: largest relative difference ${worst.toExponential(1)}.\n`,
    );
  return agree;
}
