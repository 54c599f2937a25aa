import { beforeEach, describe, expect, it } from 'vitest';
import { useModelStore } from './model-store';
import { unreadyOf } from './readiness';

const store = () => useModelStore.getState();
const INPUT = [12, 12, 1];
const DATA = { height: 12, width: 12, channels: 1, classes: 3 };
const show = (...layers: object[]) => {
  store().loadSpec({ input: INPUT, layers });
  return unreadyOf(store());
};

const conv = { kind: 'conv2d', filters: 2 };
const flatten = { kind: 'flatten' };
const dense = { kind: 'dense', units: 5 };
const output = { kind: 'dense', units: 3, activation: 'softmax' };

describe('unreadyOf', () => {
  beforeEach(() => {
    useModelStore.setState(useModelStore.getInitialState(), true);
    store().fitDataset(DATA);
  });

  it('has nothing to say of a whole network', () => {
    expect(show(conv, flatten, output)).toBeNull();
    expect(store().valid).toBe(true);
  });

  it.each([
    ['ends with an image', [conv]],
    ['ends with a vector that is not one score per class', [conv, flatten]],
    ['ends with a hidden layer', [flatten, dense]],
  ])('calls a stack unfinished that %s, and shows the shape of its last layer', (_what, layers) => {
    const unready = show(...layers);
    expect(unready).toMatchObject({ kind: 'unfinished', uid: store().layers.at(-1)!.uid });
    expect(unready!.error.where.layer).toBe(store().reports.at(-1)!.id);
    expect(store().reports.at(-1)!.resolved).toBeDefined();
    expect(store().valid).toBe(false);
  });

  it.each([
    ['a layer does not fit', [conv, output], 1],
    ['the output has another number of classes', [flatten, { ...output, units: 4 }], 1],
    ['an output comes before the end', [flatten, output, dense], 1],
  ])('calls a stack wrong where %s', (_what, layers, index) => {
    expect(show(...layers)).toMatchObject({ kind: 'wrong', uid: store().layers[index]!.uid });
  });

  it('calls a stack without a layer that is on empty', () => {
    expect(show()).toMatchObject({ kind: 'empty', uid: null });
    show(flatten);
    store().toggleBypass(store().layers[0]!.uid);
    expect(unreadyOf(store())!.error.what).toBe('every layer of the stack is off.');
  });

  it('keeps a network for images of another size as it is, until such images come', () => {
    store().loadSpec({ input: [8, 8, 1], layers: [flatten, output] });
    store().fitDataset(DATA);
    expect([store().input, unreadyOf(store())?.kind]).toEqual([[8, 8, 1], 'wrong']);
    store().fitDataset({ ...DATA, height: 8, width: 8 });
    expect([store().input, unreadyOf(store())]).toEqual([[8, 8, 1], null]);
    store().fitDataset(DATA);
    expect(store().input).toEqual(INPUT);
  });
});
