import { describe, expect, it } from 'vitest';
import { createTypingWatch, recorded, redone, undone, UNDO_STEPS, type History } from './history';

const empty: History<number> = { past: [], future: [] };

describe('history', () => {
  it('goes back and forth, each step under its label', () => {
    const two = recorded(recorded(empty, 'add one', 0), 'double', 1);
    const back = undone(two, 2)!;
    expect(back).toMatchObject({ label: 'double', snapshot: 1 });
    expect(back.future).toEqual([{ label: 'double', snapshot: 2 }]);
    const start = undone(back, 1)!;
    expect(start).toMatchObject({ label: 'add one', snapshot: 0, past: [] });
    expect(undone(start, 0)).toBeNull();
    const again = redone(redone(start, 0)!, 1)!;
    expect(again).toMatchObject({ snapshot: 2, future: [] });
    expect(again.past).toEqual(two.past);
    expect(redone(again, 2)).toBeNull();
  });

  it('forgets what was undone when something new is done, and the oldest steps when there are too many', () => {
    const back = undone(recorded(empty, 'add one', 0), 1)!;
    expect(recorded(back, 'add two', 0).future).toEqual([]);
    let long = empty;
    for (let i = 0; i < UNDO_STEPS + 5; i++) long = recorded(long, `step ${i}`, i);
    expect(long.past).toHaveLength(UNDO_STEPS);
    expect(long.past[0]!.label).toBe('step 5');
  });
});

describe('typing', () => {
  it('goes on with edits of the same field in quick succession', () => {
    let now = 0;
    const typing = createTypingWatch(() => now);
    expect(typing.goesOn('filters')).toBe(false);
    now = 900;
    expect(typing.goesOn('filters')).toBe(true);
    now = 1800;
    expect(typing.goesOn('filters')).toBe(true);
    now = 2900;
    expect(typing.goesOn('filters')).toBe(false);
    expect(typing.goesOn('units')).toBe(false);
    typing.end();
    expect(typing.goesOn('units')).toBe(false);
    expect([typing.goesOn(''), typing.goesOn('')]).toEqual([false, false]);
  });
});
