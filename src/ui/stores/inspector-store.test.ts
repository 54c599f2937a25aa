import { expect, it } from 'vitest';
import { elementAt, pointOf, useInspectorStore } from './inspector-store';

it('holds a pinned place of a layer until it lets go, and says nothing of other layers', () => {
  const { pin, letGo } = useInspectorStore.getState();
  pin('a', { y: 1, x: 2, unit: 0 });
  expect(useInspectorStore.getState().points.a).toEqual({ y: 1, x: 2, unit: 0 });
  expect(useInspectorStore.getState().pinned).toEqual({ a: true });
  letGo('a');
  expect(useInspectorStore.getState().pinned.a).toBe(false);
  // The inspector keeps showing the same place until the pointer moves.
  expect(useInspectorStore.getState().points.a).toEqual({ y: 1, x: 2, unit: 0 });
});

it('keeps a pinned place pinned in another unit', () => {
  const { pin, chooseUnit } = useInspectorStore.getState();
  pin('b', { y: 1, x: 2, unit: 0 });
  chooseUnit('b', 3);
  expect(useInspectorStore.getState().points.b).toEqual({ y: 1, x: 2, unit: 3 });
  expect(useInspectorStore.getState().pinned.b).toBe(true);
});

it('finds the place of an element and the element of a place', () => {
  const shape = [4, 5, 3];
  for (const element of [0, 17, 59]) expect(elementAt(shape, pointOf(shape, element))).toBe(element);
});
