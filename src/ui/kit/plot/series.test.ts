import { describe, expect, it } from 'vitest';
import { coarser, Series, strideOf, type SeriesRow } from './series';

function filled(steps: number, norm: (step: number) => number = () => 1) {
  const series = new Series();
  for (let step = 1; step <= steps; step++) series.append({ step, loss: step, accuracy: 0.5, norms: [norm(step)] });
  return series;
}

describe('Series', () => {
  it('keeps every step of a short run', () => {
    expect(
      filled(399)
        .full()
        .map((row) => row.step),
    ).toEqual(Array.from({ length: 399 }, (_, i) => i + 1));
  });

  it('stays within 400 rows and 500 recent steps however long the run', () => {
    const series = filled(100_000);
    expect(series.full().length).toBeLessThanOrEqual(400);
    expect(series.full().length).toBeGreaterThanOrEqual(200);
    expect(series.full().at(-1)!.step).toBe(100_000);
    expect(series.recent()).toHaveLength(500);
    expect(series.recent(3).map((row) => row.step)).toEqual([99_998, 99_999, 100_000]);
  });

  it('keeps the mean of loss exactly', () => {
    // 1,600 steps are 400 rows of 4, halved to 200 rows of 8: the first is the mean of 1..8.
    const rows = filled(1600).full();
    expect(rows).toHaveLength(200);
    expect(rows[0]).toMatchObject({ step: 8, loss: 4.5 });
    expect(rows[199]!.loss).toBeCloseTo(1596.5, 8);
  });

  it('merges norms by their geometric mean', () => {
    const rows = filled(400, (step) => (step % 2 ? 1e-2 : 1e-4)).full();
    expect(rows[0]!.norms[0]).toBeCloseTo(1e-3, 10);
  });

  it.each([1, 2, 399, 400, 801, 5000])(
    'has rows of %i steps that are those of a longer run, once they are merged to as many',
    (steps) => {
      const norm = (step: number) => 1 + (step % 7);
      const [short, long] = [filled(steps, norm).full(), filled(9999, norm).full()];
      expect(strideOf(long)).toBe(32);
      const merged = coarser(short, 32);
      expect(merged).toHaveLength(Math.ceil(steps / 32));
      expect(merged.at(-1)!.step).toBe(steps);
      merged.slice(0, Math.floor(steps / 32)).forEach((row, i) => {
        expect(row).toMatchObject({ first: long[i]!.first, step: long[i]!.step });
        expect(row.loss).toBeCloseTo(long[i]!.loss, 8);
        expect(row.norms[0]).toBeCloseTo(long[i]!.norms[0]!, 12);
      });
    },
  );

  it('goes on from a record as if it had never stopped', () => {
    const [all, first] = [filled(3000), filled(1234)];
    const second = Series.from(structuredClone(first.record()));
    for (let step = 1235; step <= 3000; step++) second.append({ step, loss: step, accuracy: 0.5, norms: [1] });
    expect(second.full()).toEqual(all.full());
    expect(second.recent()).toEqual(all.recent());
  });

  it('says which steps a row stands for, one after the other', () => {
    expect(filled(399).full()[0]).not.toHaveProperty('first');
    const rows = filled(505).full();
    expect(rows.slice(0, 2).map(({ first, step }) => [first, step])).toEqual([
      [1, 2],
      [3, 4],
    ]);
    // The newest row is not full yet.
    expect([rows.at(-2)!.first, rows.at(-2)!.step, rows.at(-1)!.first, rows.at(-1)!.step]).toEqual([
      503,
      504,
      undefined,
      505,
    ]);
    expect(filled(100_000).full()[0]).toMatchObject({ first: 1, step: 256 });
  });

  it('finds the first steps of a record that has none', () => {
    const { rows, latest, open, stride } = filled(1235).record();
    const bare = ({ step, loss, accuracy, norms }: SeriesRow): SeriesRow => ({ step, loss, accuracy, norms });
    const old = { rows: rows.map(bare), latest, open: open && { ...open, row: bare(open.row) }, stride };
    expect(Series.from(old).full()).toEqual(filled(1235).full());
  });

  it('does not lose a single NaN', () => {
    const rows = filled(50_000, (step) => (step === 12_345 ? NaN : 1)).full();
    expect(rows.filter((row) => Number.isNaN(row.norms[0]))).toHaveLength(1);
  });
});
