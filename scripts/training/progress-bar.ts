import { formatDuration, formatExact } from '../../src/ui/kit/words/format.ts';
import { inWords } from './epochs.ts';

const CELLS = 20;
/** Where lines cannot be rewritten, one is written for each such share of the whole. */
const SHARE_PER_LINE = 0.1;

/** What a bar shows of training. */
export interface Progress {
  /** Steps done, and steps wanted. */
  step: number;
  steps: number;
  /** Of the last few batches. */
  loss: number;
  accuracy: number;
  msPerStep: number;
}

/** `[##########----------]  50 %, step 211 of 422: loss 0.1200, accuracy 96.09 %, ...` */
export function describeProgress({ step, steps, msPerStep, ...figures }: Progress): string {
  const share = step / steps;
  const full = Math.floor(share * CELLS);
  const bar = '#'.repeat(full) + '-'.repeat(CELLS - full);
  const percent = String(Math.floor(100 * share)).padStart(3);
  const left = formatDuration(((steps - step) * msPerStep) / 1000);
  return (
    `[${bar}] ${percent} %, step ${formatExact(step)} of ${formatExact(steps)}: ` +
    `${inWords(figures)}, ${msPerStep.toFixed(1)} ms per step, ${left} left`
  );
}

/** Where a bar is drawn: a terminal, or a file, which can only grow. */
export type Output = Pick<NodeJS.WriteStream, 'isTTY' | 'write'> & { columns?: number };

/** A bar in the last line of a terminal. */
export class ProgressBar {
  private shown = false;
  private nextLine = SHARE_PER_LINE;

  constructor(private readonly output: Output) {}

  show(progress: Progress): void {
    const text = describeProgress(progress);
    if (this.output.isTTY) {
      // A line that wraps could not be written over.
      this.output.write(`\r\x1b[2K${text.slice(0, (this.output.columns ?? 80) - 1)}`);
      this.shown = true;
      return;
    }
    const share = progress.step / progress.steps;
    if (share < this.nextLine) return;
    this.nextLine = Math.floor(share / SHARE_PER_LINE + 1) * SHARE_PER_LINE;
    this.output.write(`${text}\n`);
  }

  /** Takes the bar away, so that other lines can be written. */
  clear(): void {
    if (this.shown) this.output.write('\r\x1b[2K');
    this.shown = false;
  }
}
