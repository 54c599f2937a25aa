import { expect, it } from 'vitest';
import type { NormSlot } from '../../../../model/norm-slots';
import type { LayerDiagnostics } from '../../../../train/wire/protocol';
import type { SeriesRow } from '../../../kit/plot/series';
import { diagnose } from './diagnosis';
import { gatherEvidence } from './evidence';
import recorded from './recorded-runs.json';

interface RecordedRun {
  normSlots: NormSlot[];
  rows: SeriesRow[];
  looks: { step: number; layers: LayerDiagnostics[] }[];
  halted: { step: number; layer: string } | null;
}

// Made by scripts/record-runs.ts: networks that were really trained, on images of three classes.
const RUNS = recorded as Record<keyof typeof recorded, unknown> as Record<keyof typeof recorded, RecordedRun>;

const findingsOf = (name: keyof typeof recorded) =>
  diagnose(gatherEvidence({ ...RUNS[name], runId: 1, running: true, classes: 3, units: { conv2d_1: 3 } }), []).map(
    ({ headline }) => headline,
  );

it('finds nothing wrong with a network that learns', () => {
  expect(findingsOf('healthy')).toEqual([
    expect.stringMatching(/^Looks healthy: the gradients of all 2 trained layers lie within a factor of /),
  ]);
});

it('sees the gradient vanish in twelve layers of sigmoid, and that nothing is learnt', () => {
  expect(findingsOf('deepSigmoid')).toEqual([
    expect.stringMatching(/^Vanishing: dense_1 gets a gradient [\d.,e]+× smaller than dense_13$/),
    'All classes equally likely: the loss stays at ln 3 = 1.10',
  ]);
});

it.each(['stepsTooLarge', 'stepsFarTooLarge'] as const)(
  'sees what too large a learning rate has killed: %s',
  (name) => {
    const findings = findingsOf(name);
    expect(findings[0]).toBe('Dead: all 3 units of conv2d_1 answer 0 to everything');
    expect(findings).toContainEqual(expect.stringMatching(/^Update ratio 0\.\d+ in dense_1: learning rate too large$/));
  },
);

it('sees a learning rate that moves nothing', () => {
  expect(findingsOf('stepsFarTooSmall')).toEqual([
    expect.stringMatching(/^Update ratio [\d.]+e-8 at most: learning rate too small$/),
  ]);
});
