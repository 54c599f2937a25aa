import { describe, expect, it, vi } from 'vitest';
import type { Histogram, LayerDiagnostics } from '../../train/wire/protocol';
import { DiagnosticsSeries } from './diagnostics-series';
import { useDiagnosticsStore } from './diagnostics-store';

const histogram: Histogram = {
  ...{ min: 0, max: 1, counts: [1, 2], below: 0, above: 0, smallest: 0, largest: 1 },
  ...{ notANumber: 0, infinite: 0, mean: 0.5, std: 0.1 },
};
const layer = (weightNorm: number): LayerDiagnostics => ({
  layer: 'dense_1',
  weightNorm,
  gradientNorm: 1,
  updateNorm: 0.1,
  activationMean: 0,
  activationStd: 1,
  deadUnits: null,
  saturated: null,
  tensors: [{ name: 'weight', weights: histogram, gradients: histogram }],
});

function filled(looks: number): DiagnosticsSeries {
  const series = new DiagnosticsSeries();
  for (let look = 1; look <= looks; look++) series.append({ step: 10 * look, layers: [layer(look)] });
  return series;
}

describe('DiagnosticsSeries', () => {
  it('keeps every look of a short run as it was', () => {
    const series = filled(30);
    expect(series.rows().map(({ step }) => step)).toEqual(Array.from({ length: 30 }, (_, i) => 10 * (i + 1)));
    expect(series.rows()).toEqual(series.slices());
  });

  it('keeps the histograms of the slices only', () => {
    const series = filled(1000);
    expect(series.slices().every(({ layers }) => layers[0]!.tensors.length === 1)).toBe(true);
    expect(series.rows().filter(({ layers }) => layers[0]!.tensors.length > 0)).toEqual(series.slices());
    expect(series.rows()[2]).toEqual({ step: 90, layers: [{ ...layer(9), tensors: [] }] });
  });

  it.each([399, 400, 401, 5000, 100_000])('covers %i looks evenly in at most 400 rows and 60 slices', (looks) => {
    const series = filled(looks);
    for (const [rows, most] of [
      [series.rows(), 401],
      [series.slices(), 61],
    ] as const) {
      const steps = rows.map(({ step }) => step);
      expect(steps.length).toBeLessThanOrEqual(most);
      expect(steps.length).toBeGreaterThanOrEqual(most / 2 - 2);
      expect([steps[0], steps.at(-1)]).toEqual([10, 10 * looks]);
      const gaps = new Set(steps.slice(1, -1).map((step, i) => step - steps[i]!));
      expect(gaps.size).toBe(1);
    }
    expect(series.latest!.step).toBe(10 * looks);
  });

  it('has nothing before the first look', () => {
    const { rows, slices, latest } = useDiagnosticsStore.getState();
    expect([rows(), slices(), latest]).toEqual([[], [], null]);
  });
});

describe('the diagnostics store', () => {
  it('announces looks with the next redraw, and forgets a run', async () => {
    const store = useDiagnosticsStore.getState;
    const { version } = store();
    store().append({ step: 1, layers: [layer(2)] });
    await vi.waitFor(() => expect(store().version).toBeGreaterThan(version));
    expect(store()).toMatchObject({ version: version + 1, latest: { step: 1 } });
    expect(store().rows()).toHaveLength(1);
    store().clear();
    expect(store()).toMatchObject({ version: version + 2, latest: null });
    expect(store().rows()).toEqual([]);
  });
});
