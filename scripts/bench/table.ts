import { median, spread } from '../measure/report.ts';
import { ENGINE, PRODUCT, type Timing } from './contestants.ts';
import type { Entry } from './measure.ts';
import type { Row } from './rows.ts';

/** Peers that run on WebGPU; the target is set against them. */
const ON_WEBGPU = ['jax-js-webgpu', 'tfjs-webgpu'];

export interface Results {
  rows: readonly Row[];
  /** The columns after the product's. */
  peers: readonly string[];
  entries: readonly Entry[];
  /** ms by `row/contestant`. */
  firstSteps: ReadonlyMap<string, number>;
  /** Dispatches and submits of our engine, by row; the timings hold those of the peers. */
  ownCalls: ReadonlyMap<Row, Timing>;
}

export function printResults(results: Results): void {
  console.log('ms per step, median (least–largest) of the rounds; ratios above 1 where the page is the faster\n');
  printTimes(results);
  console.log('\nDispatches / submits per step\n');
  printCalls(results);
  console.log(
    '\nms from the description of a network to the loss of its first step, including what has to be compiled\n',
  );
  printFirstSteps(results);
}

function printTable(head: readonly string[], lines: readonly (readonly string[])[]): void {
  for (const cells of [head, head.map(() => '---'), ...lines]) console.log(`| ${cells.join(' | ')} |`);
}

function entryOf({ entries }: Results, row: Row, id: string): Entry | undefined {
  return entries.find((entry) => entry.row === row && entry.contestant.id === id);
}

const times = (entry: Entry) => [...entry.timings.values()].map(({ msPerStep }) => msPerStep);

function printTimes(results: Results): void {
  const { rows, peers } = results;
  const head = ['network', 'batch', 'the page', ...peers, 'fastest WebGPU peer / the page', 'fastest peer / the page'];
  const lines = rows.map((row) => {
    const cells = [PRODUCT, ...peers].map((id) => {
      const entry = entryOf(results, row, id);
      return entry ? spread(times(entry), 1) : 'n/a';
    });
    return [row.title, String(row.batchSize), ...cells, ratio(results, row, ON_WEBGPU), ratio(results, row, peers)];
  });
  printTable(head, lines);
}

/**
 * Finds the fastest of some peers by its median, and compares its times with the page's in the same
 * rounds.
 */
function ratio(results: Results, row: Row, ids: readonly string[]): string {
  const product = entryOf(results, row, PRODUCT)!;
  const candidates = ids.map((id) => entryOf(results, row, id)).filter((entry) => entry !== undefined);
  if (candidates.length === 0) return 'n/a';
  const fastest = candidates.reduce((best, entry) => (median(times(entry)) < median(times(best)) ? entry : best));
  const ratios = [...fastest.timings].map(
    ([round, { msPerStep }]) => msPerStep / product.timings.get(round)!.msPerStep,
  );
  return `${spread(ratios, 2)} ${fastest.contestant.id}`;
}

function printCalls(results: Results): void {
  const { rows, ownCalls } = results;
  const peers = results.peers.filter((id) => ON_WEBGPU.includes(id));
  const show = ({ dispatches, submits = NaN }: Timing) =>
    `${Math.round(dispatches)} / ${Number(submits.toPrecision(2))}`;
  const lines = rows.map((row) => {
    const own = ownCalls.get(row);
    const cells = peers.map((id) => {
      const timing = [...(entryOf(results, row, id)?.timings.values() ?? [])].at(-1);
      return timing ? show(timing) : 'n/a';
    });
    return [row.title, String(row.batchSize), own ? show(own) : 'n/a', ...cells];
  });
  printTable(['network', 'batch', 'our engine', ...peers], lines);
}

function printFirstSteps({ rows, peers, firstSteps }: Results): void {
  const lines = rows.map((row) => {
    const cells = [ENGINE, ...peers].map((id) => firstSteps.get(`${row.id}/${id}`)?.toFixed(0) ?? 'n/a');
    return [row.title, String(row.batchSize), ...cells];
  });
  printTable(['network', 'batch', 'our engine', ...peers], lines);
}
