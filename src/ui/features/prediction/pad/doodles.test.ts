import { describe, expect, it } from 'vitest';
import { formatDoodles, MOST_DOODLES, parseDoodles, type Doodle } from './doodles';
import { createDoodlesStore, DOODLES_KEY } from './doodles-store';

const one: Doodle = { id: 1, label: 7, strokes: [{ tool: 'pen', points: [10, 20.04, 24, 30, 40, 24] }] };
const two: Doodle = { id: 2, label: null, strokes: [one.strokes[0]!, { tool: 'eraser', points: [5, 5, 40] }] };

/** A storage that keeps texts as a browser does. */
function memory(text?: string) {
  const kept = new Map<string, string>(text === undefined ? [] : [[DOODLES_KEY, text]]);
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

describe('parseDoodles', () => {
  it('reads what formatDoodles wrote, to a tenth of a pixel', () => {
    const rounded = { ...one, strokes: [{ tool: 'pen', points: [10, 20, 24, 30, 40, 24] }] };
    expect(parseDoodles(formatDoodles([one]))).toEqual([rounded]);
    expect(parseDoodles(formatDoodles([two]))[0]!.strokes[1]).toEqual(two.strokes[1]);
  });

  it.each([null, '', '{', '[]', 'null', '{"version":2,"doodles":[]}', '{"version":1}'])(
    'finds nothing in %s',
    (text) => {
      expect(parseDoodles(text)).toEqual([]);
    },
  );

  it('leaves out what is broken, and keeps the rest', () => {
    const broken = [
      null,
      { ...one, id: 'x' },
      { ...one, label: -1 },
      { ...one, strokes: [] },
      { ...one, strokes: [{ tool: 'brush', points: [1, 2, 3] }] },
      { ...one, strokes: [{ tool: 'pen', points: [1, 2] }] },
      { ...one, strokes: [{ tool: 'pen', points: [1, 2, 1e9] }] },
    ];
    const text = JSON.stringify({ version: 1, doodles: [...broken, two, { ...one, id: 2 }] });
    expect(parseDoodles(text).map(({ id, label }) => [id, label])).toEqual([[2, null]]);
  });
});

describe('the store', () => {
  it('saves, removes, and finds everything again', () => {
    const storage = memory();
    const first = createDoodlesStore(() => storage);
    first.getState().save({ label: 3, strokes: two.strokes });
    first.getState().save({ label: null, strokes: two.strokes });
    first.getState().save({ label: 5, strokes: two.strokes });
    first.getState().remove(2);
    expect(first.getState().doodles.map(({ id, label }) => [id, label])).toEqual([
      [1, 3],
      [3, 5],
    ]);
    expect(createDoodlesStore(() => storage).getState().doodles).toEqual(first.getState().doodles);
  });

  it('keeps what another tab has saved', () => {
    const storage = memory();
    const [here, there] = [createDoodlesStore(() => storage), createDoodlesStore(() => storage)];
    here.getState().save({ label: 1, strokes: two.strokes });
    there.getState().save({ label: 2, strokes: two.strokes });
    expect(there.getState().doodles.map(({ label }) => label)).toEqual([1, 2]);
  });

  it('keeps no more than fit', () => {
    const store = createDoodlesStore(() =>
      memory(formatDoodles(Array.from({ length: 30 }, (_, i) => ({ ...one, id: i })))),
    );
    expect(store.getState().doodles).toHaveLength(MOST_DOODLES);
    store.getState().save({ label: 1, strokes: two.strokes });
    expect(store.getState().doodles).toHaveLength(MOST_DOODLES);
  });

  it('keeps on the page what the browser did not store, whatever is done next', () => {
    const full = () => {
      throw new Error('full');
    };
    const store = createDoodlesStore(() => ({ getItem: () => formatDoodles([one]), setItem: full }));
    store.getState().save({ label: 3, strokes: two.strokes });
    store.getState().save({ label: 4, strokes: two.strokes });
    store.getState().remove(1);
    expect(store.getState().doodles.map(({ label }) => label)).toEqual([3, 4]);
  });

  it('works without a storage, and says so', () => {
    const store = createDoodlesStore(() => {
      throw new Error('denied');
    });
    store.getState().save({ label: 1, strokes: two.strokes });
    expect(store.getState().doodles).toHaveLength(1);
    expect(store.getState().problem).toMatch(/did not store/);
  });
});
