import type { Browser } from '@playwright/test';
import { printMachine } from '../measure/report.ts';
import type { ServedPage } from '../measure/serve.ts';
import { allAgree, COMPARED_STEPS } from './agreement.ts';
import {
  ENGINE,
  openPeer,
  openProduct,
  type FirstSteps,
  type PeerContestant,
  type PEERS,
  type Timing,
} from './contestants.ts';
import { enter, runRounds } from './measure.ts';
import type { Row } from './rows.ts';
import { printResults, type Results } from './table.ts';
import { BenchData, writeWork } from './work-files.ts';

export interface Comparison {
  rows: readonly Row[];
  peers: readonly (typeof PEERS)[number][];
  rounds: number;
  seconds: number;
  /** How many seconds a step of a peer may take. */
  patience: number;
}

/** The calls of our engine are counted over this many steps. */
const COUNTED_STEPS = 8;

/** The first steps of one contestant on one row. */
interface Begun extends FirstSteps {
  row: Row;
  contestant: PeerContestant;
}

/**
 * Compares the page with its peers and prints tables.
 * @returns false, with the reason printed, if someone does not do the same work
 */
export async function compare(
  browser: Browser,
  page: ServedPage,
  peersPage: ServedPage,
  what: Comparison,
): Promise<boolean> {
  const { rows, peers, rounds, seconds } = what;
  const data = new BenchData();
  for (const row of rows) await writeWork(row, data, peersPage.folder);
  // Our engine and the peers begin before the page, so that nothing is compiled yet at their first
  // steps.
  const ownEngine = await openPeer(browser, peersPage, ENGINE, Infinity);
  const begun = await beginAll([ownEngine, ...(await openPeers(browser, peersPage, what))], rows);
  const product = await openProduct(browser, page, data);
  printMachine(browser, [product.adapter]);
  const expected = new Map<Row, number[]>();
  for (const row of rows) expected.set(row, await product.firstLosses(row, COMPARED_STEPS));
  const losses = begun.map(({ row, contestant, losses }) => ({ row, id: contestant.id, losses }));
  if (!allAgree(losses, expected)) return false;

  const ownCalls = await countCalls(ownEngine, rows);
  // The page runs the same engine, so as many of its steps fill the time.
  const entries = begun.map(({ row, contestant, msPerStep }) =>
    enter(contestant === ownEngine ? product : contestant, row, seconds, msPerStep),
  );
  await runRounds(entries, rows, rounds, seconds);
  const firstSteps = new Map(
    begun.map(({ row, contestant, firstStepMs }) => [`${row.id}/${contestant.id}`, firstStepMs]),
  );
  printResults({ rows, peers, entries, firstSteps, ownCalls });
  return true;
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).split('\n')[0];

async function openPeers(
  browser: Browser,
  served: ServedPage,
  { peers, patience }: Comparison,
): Promise<PeerContestant[]> {
  const opened: PeerContestant[] = [];
  for (const id of peers) {
    try {
      opened.push(await openPeer(browser, served, id, patience));
    } catch (error) {
      console.log(`n/a: ${id}: ${reasonOf(error)}`);
    }
  }
  return opened;
}

/**
 * Lets every contestant make all networks and train their first steps. Prints and leaves out what a
 * contestant cannot train.
 */
async function beginAll(contestants: readonly PeerContestant[], rows: readonly Row[]): Promise<Begun[]> {
  const begun: Begun[] = [];
  for (const contestant of contestants) {
    for (const row of rows) {
      try {
        begun.push({ row, contestant, ...(await contestant.begin(row, COMPARED_STEPS)) });
      } catch (error) {
        if (contestant.id === ENGINE) throw error;
        console.log(`n/a: ${contestant.id} on ${row.id}: ${reasonOf(error)}`);
      }
    }
    console.error(`${contestant.id} has begun.`);
  }
  return begun;
}

async function countCalls(ownEngine: PeerContestant, rows: readonly Row[]): Promise<Results['ownCalls']> {
  const calls = new Map<Row, Timing>();
  for (const row of rows) calls.set(row, await ownEngine.time(row, COUNTED_STEPS));
  return calls;
}
