import { beforeEach, expect, it } from 'vitest';
import { useStrokesStore } from './strokes-store';

const store = () => useStrokesStore.getState();
const shown = () => store().strokes.map(({ tool, points }) => `${tool} ${points.join()}`);

beforeEach(() => useStrokesStore.setState(useStrokesStore.getInitialState(), true));

it('keeps the tool of each stroke and the width of each tool', () => {
  store().begin('pen', 1, 2, store().widths.pen);
  store().extend([3, 4, 24]);
  store().chooseTool('eraser');
  store().chooseWidth(50);
  store().begin('eraser', 5, 6, store().widths.eraser);
  expect(shown()).toEqual(['pen 1,2,24,3,4,24', 'eraser 5,6,50']);
  store().chooseTool('pen');
  expect(store().widths).toEqual({ pen: 24, eraser: 50 });
});

it('undoes and redoes strokes, clearing and loading', () => {
  store().undo();
  store().redo();
  store().begin('pen', 1, 1, 24);
  store().begin('pen', 2, 2, 24);
  store().clear();
  store().load([{ tool: 'pen', points: [9, 9, 9] }]);
  const all = [shown()];
  for (let i = 0; i < 5; i++) {
    store().undo();
    all.push(shown());
  }
  expect(all).toEqual([['pen 9,9,9'], [], ['pen 1,1,24', 'pen 2,2,24'], ['pen 1,1,24'], [], []]);
  store().redo();
  store().redo();
  expect(shown()).toEqual(['pen 1,1,24', 'pen 2,2,24']);
  store().begin('pen', 3, 3, 24);
  expect(store().future).toEqual([]);
});

it('has nothing to extend on an empty pad', () => {
  store().extend([1, 1, 1]);
  expect(store().strokes).toEqual([]);
});
