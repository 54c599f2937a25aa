import { PRODUCT, type Contestant, type Timing } from './contestants.ts';
import type { Row } from './rows.ts';

/** Times of one contestant on one row. */
export interface Entry {
  contestant: Contestant;
  row: Row;
  /** The number of steps in the next timing. */
  steps: number;
  /** One timing for each round in which it ran. */
  timings: Map<number, Timing>;
}

/**
 * A peer whose single step takes this many times as long as a timing should is timed in two rounds
 * only.
 */
const SLOW = 3;
const ROUNDS_IF_SLOW = 2;

/** @param msPerStep from the first steps */
export function enter(contestant: Contestant, row: Row, seconds: number, msPerStep: number): Entry {
  return { contestant, row, steps: stepsFor(msPerStep, seconds), timings: new Map() };
}

function stepsFor(msPerStep: number, seconds: number): number {
  return Math.max(1, Math.round((1000 * seconds) / msPerStep));
}

/** Every round times all contestants on every row in turn; every other round reverses the order. */
export async function runRounds(
  entries: readonly Entry[],
  rows: readonly Row[],
  rounds: number,
  seconds: number,
): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (const row of rows) {
      const present = entries.filter((entry) => entry.row === row);
      for (const entry of round % 2 === 0 ? present : present.toReversed()) await timeOnce(entry, round, seconds);
    }
    console.error(`Round ${round + 1} of ${rounds} done.`);
  }
}

async function timeOnce(entry: Entry, round: number, seconds: number): Promise<void> {
  const { contestant, row, timings } = entry;
  const last = [...timings.values()].at(-1);
  // The page is timed in every round, since the ratios need it.
  if (contestant.id !== PRODUCT && last && last.msPerStep > SLOW * 1000 * seconds && timings.size >= ROUNDS_IF_SLOW)
    return;
  const timing = await contestant.time(row, entry.steps);
  timings.set(round, timing);
  entry.steps = stepsFor(timing.msPerStep, seconds);
}
