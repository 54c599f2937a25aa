import { expect, it } from 'vitest';
import { describeProgress, ProgressBar } from './progress-bar';

const progress = (step: number) => ({ step, steps: 422, loss: 0.12, accuracy: 0.961, msPerStep: 250 });

it('says how far training is, how it goes, and how long it still takes', () => {
  expect(describeProgress(progress(211))).toBe(
    '[##########----------]  50 %, step 211 of 422: loss 0.1200, accuracy 96.10 %, 250.0 ms per step, 53 s left',
  );
});

it('rewrites the last line of a terminal, no wider than it is, and takes it away', () => {
  const written: string[] = [];
  const bar = new ProgressBar({ isTTY: true, columns: 30, write: (text: unknown) => !!written.push(String(text)) });
  bar.show(progress(1));
  bar.clear();
  bar.clear();
  expect(written).toEqual(['\r\x1b[2K[--------------------]   0 %,', '\r\x1b[2K']);
});

it('adds a line for every tenth to a file', () => {
  const written: string[] = [];
  const bar = new ProgressBar({ isTTY: false, write: (text: unknown) => !!written.push(String(text)) });
  for (let step = 1; step <= 422; step++) bar.show(progress(step));
  bar.clear();
  expect(written.map((line) => /step (\d+)/.exec(line)?.[1])).toEqual(
    [43, 85, 127, 169, 211, 254, 296, 338, 380, 422].map(String),
  );
});
