import { cpus, loadavg, totalmem } from 'node:os';
import type { Browser } from '@playwright/test';

// Read when this file is loaded, before the page is built: it is the load of other programs on the
// machine.
const load = loadavg()[0] ?? 0;
/** Above this average load over one minute, times are not to be trusted. */
const BUSY = 0.7;

/** Prints the machine that a figure was measured on. */
export function printMachine(browser: Browser, adapters: readonly string[]): void {
  const cores = cpus();
  const busy = load > BUSY ? ' (busy with other work: times come out too long)' : '';
  console.log(
    `Machine: ${cores[0]?.model.trim() ?? 'unknown CPU'}, ${cores.length} cores, ` +
      `${Math.round(totalmem() / 2 ** 30)} GiB`,
  );
  console.log(
    `Browser: Chromium ${browser.version()}, headless; adapter: ${adapters.join(' and ')}; Node ${process.version}`,
  );
  console.log(`Load before measuring: ${load.toFixed(1)}${busy}\n`);
}

/** The middle value, or the mean of the two middle ones. NaN if there are none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return low === undefined || high === undefined ? NaN : (low + high) / 2;
}

/** `12.3 (11.9–14.0)`: median, smallest and largest. */
export function spread(values: readonly number[], digits: number): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}
