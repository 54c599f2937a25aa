import { beforeEach, describe, expect, it } from 'vitest';
import { reportFor, useModelStore } from './model-store';

const store = () => useModelStore.getState();
const conv = { kind: 'conv2d', filters: 4, padding: 'same' };
const END = [{ kind: 'flatten' }, { kind: 'dense', units: 10, activation: 'softmax' }];

/** conv2d_1, conv2d_2, conv2d_3, add_1 (from conv2d_2), flatten_1, dense_1 */
const load = () =>
  store().loadSpec({
    name: 'skip',
    input: [28, 28, 1],
    layers: [conv, conv, conv, { kind: 'add', from: 'conv2d_2' }, ...END],
  });
const adder = () => store().layers.find(({ spec }) => spec.kind === 'add')!;
const from = () => (adder().spec as { from: string }).from;
const problem = () => reportFor(store(), adder().uid)!.problem?.message;

beforeEach(() => {
  useModelStore.setState(useModelStore.getInitialState(), true);
  load();
});

describe('references to other layers', () => {
  it('follow their layer when one is inserted, duplicated or removed before it', () => {
    expect(store().valid).toBe(true);
    store().addLayer('conv2d', 0);
    expect(from()).toBe('conv2d_3');
    store().duplicateLayer(store().layers[0]!.uid);
    expect(from()).toBe('conv2d_4');
    store().removeLayer(store().layers[0]!.uid);
    expect(from()).toBe('conv2d_3');
    for (const expected of ['conv2d_4', 'conv2d_3', 'conv2d_2']) {
      store().undo();
      expect(from()).toBe(expected);
    }
    store().redo();
    expect(from()).toBe('conv2d_3');
  });

  it('follow their layer when it moves, and say so when it stands behind', () => {
    store().moveLayer(1, 0);
    expect(from()).toBe('conv2d_1');
    store().moveLayer(0, 3);
    expect(from()).toBe('conv2d_3');
    expect(problem()).toContain('it adds conv2d_3, which does not come before it.');
    store().undo();
    expect(store().valid).toBe(true);
  });

  it('never slip to the layer that inherits the id of a removed one', () => {
    store().removeLayer(store().layers[1]!.uid);
    expect(store().reports.map(({ id }) => id)).toContain('conv2d_2');
    expect(problem()).toContain('the layer it added was removed.');
    store().removeLayer(store().layers[0]!.uid);
    expect(from()).toBe('conv2d_2 (removed)');
    store().undo();
    store().undo();
    expect(from()).toBe('conv2d_2');
    expect(store().valid).toBe(true);
  });

  it('of a duplicate mean the same layer as those of its original', () => {
    store().duplicateLayer(adder().uid);
    const froms = store().layers.flatMap(({ spec }) => (spec.kind === 'add' ? [spec.from] : []));
    expect(froms).toEqual(['conv2d_2', 'conv2d_2']);
    expect(store().valid).toBe(true);
  });

  it('of a loaded network stay as they are written', () => {
    const { layers } = store();
    load();
    expect(from()).toBe('conv2d_2');
    expect(store().layers[0]!.uid).not.toBe(layers[0]!.uid);
  });
});

describe('a new layer with a second input', () => {
  it('takes the nearest earlier layer that fits, past the one directly before it', () => {
    store().removeLayer(adder().uid);
    store().addLayer('add', 3);
    expect(from()).toBe('conv2d_2');
    expect(store().valid).toBe(true);
  });

  it('goes where a click can place it: as near to the end as one fits', () => {
    store().removeLayer(adder().uid);
    store().addLayer('add');
    expect(from()).toBe('conv2d_2');
    expect(store().layers.map(({ spec }) => spec.kind)).toEqual([
      'conv2d',
      'conv2d',
      'conv2d',
      'add',
      'flatten',
      'dense',
    ]);
    store().removeLayer(adder().uid);
    store().select(store().layers[1]!.uid);
    store().addLayer('add');
    expect(from()).toBe('conv2d_1');
    expect(store().valid).toBe(true);
  });

  it('takes none where none fits', () => {
    store().removeLayer(adder().uid);
    store().addLayer('add', 4);
    expect(from()).toBe('');
    expect(problem()).toContain('no layer to add is chosen');
  });
});
