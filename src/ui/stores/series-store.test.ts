import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useSeriesStore } from './series-store';

const store = () => useSeriesStore.getState();
const row = (step: number) => ({ step, loss: 1, accuracy: 0, norms: [] });
const shown = () => [store().shown.recent.at(-1)?.step, store().shown.full.at(-1)?.step];

beforeEach(() => {
  vi.useFakeTimers();
  store().clear();
});
afterEach(() => void vi.useRealTimers());

it('shows the history of the last redraw until the next one, while steps go on', () => {
  store().append([row(1), row(2)]);
  expect(shown()).toEqual([undefined, undefined]);
  vi.advanceTimersByTime(1000);
  const { version } = store();
  expect(shown()).toEqual([2, 2]);
  store().append([row(3)]);
  expect(store().recent(1)[0]?.step).toBe(3);
  expect([store().version, ...shown()]).toEqual([version, 2, 2]);
  vi.advanceTimersByTime(3000);
  expect([store().version, ...shown()]).toEqual([version + 1, 3, 3]);
  store().clear();
  expect(shown()).toEqual([undefined, undefined]);
});
