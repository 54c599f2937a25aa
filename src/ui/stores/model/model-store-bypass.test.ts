import { beforeEach, describe, expect, it } from 'vitest';
import { repairsFor } from '../../../model/editing/repairs';
import { networkIdsOf, reportFor, specOf, useModelStore } from './model-store';

const store = () => useModelStore.getState();
const conv = { kind: 'conv2d', filters: 4, padding: 'same' };
const END = [{ kind: 'flatten' }, { kind: 'dense', units: 10, activation: 'softmax' }];
const load = (layers: object[], bypassed?: number[]) =>
  store().loadSpec({ name: 'test', input: [28, 28, 1], layers }, { bypassed });
const uidAt = (index: number) => store().layers[index]!.uid;
const kinds = () => specOf(store()).layers.map(({ kind }) => kind);
const ids = () => store().reports.map(({ id }) => id);

beforeEach(() => useModelStore.setState(useModelStore.getInitialState(), true));

describe('a layer that is off', () => {
  it('keeps its place in the stack, and is no part of the network', () => {
    load([conv, { kind: 'maxPool2d' }, conv, ...END]);
    store().toggleBypass(uidAt(1));
    expect(kinds()).toEqual(['conv2d', 'conv2d', 'flatten', 'dense']);
    expect(ids()).toEqual(['conv2d_1', 'maxPool2d (off)', 'conv2d_2', 'flatten_1', 'dense_1']);
    expect(networkIdsOf(store())).toEqual({
      [uidAt(0)]: 'conv2d_1',
      [uidAt(2)]: 'conv2d_2',
      [uidAt(3)]: 'flatten_1',
      [uidAt(4)]: 'dense_1',
    });
    expect(store().valid).toBe(true);
    store().undo();
    expect(store().reports[1]!.id).toBe('maxPool2d_1');
    expect(store().future[0]!.label).toBe('switch maxPool2d_1 off');
  });

  it('passes the shape on, with nothing of its own', () => {
    load([conv, conv, ...END], [1]);
    expect(store().reports[1]).toMatchObject({
      bypassed: true,
      resolved: { inputShape: [28, 28, 4], outputShape: [28, 28, 4], parameters: 0 },
    });
    expect(store().reports[2]!.resolved?.outputShape).toEqual([28 * 28 * 4]);
    expect(store().layers[2]!.spec.kind).toBe('flatten');
  });

  it('is copied as it is, moves and changes as others do', () => {
    load([conv, conv, ...END], [1]);
    store().duplicateLayer(uidAt(1));
    expect(store().layers.map(({ bypassed }) => Boolean(bypassed))).toEqual([false, true, true, false, false]);
    store().updateLayer(uidAt(1), { filters: 9 });
    store().moveLayer(1, 0);
    expect(store().layers[0]).toMatchObject({ bypassed: true, spec: { filters: 9 } });
    store().toggleBypass(uidAt(0));
    expect(store().past.at(-1)!.label).toBe('switch conv2d on');
    expect(store().reports[0]!.resolved?.outputShape).toEqual([28, 28, 9]);
  });

  it('leaves no network when all are off, and the last one that is on is the output', () => {
    load(END, [0, 1]);
    expect(store().valid).toBe(false);
    load([conv, ...END, { kind: 'dropout' }], [2]);
    expect(store().reports[3]!.unfinished?.what).toContain('3136');
    load([...END, { kind: 'dropout' }], [2]);
    expect(store().valid).toBe(true);
    store().addLayer('dense');
    expect(store().layers.map(({ spec }) => spec.kind)).toEqual(['flatten', 'dense', 'dense', 'dropout']);
    expect(store().valid).toBe(true);
  });
});

describe('references to a layer that is off', () => {
  const from = () => specOf(store()).layers.flatMap((layer) => (layer.kind === 'add' ? [layer.from] : []));
  /** conv2d_1, conv2d_2, conv2d_3, add_1 (from conv2d_2) */
  const block = [conv, conv, conv, { kind: 'add', from: 'conv2d_2' }, ...END];

  it('mean what flows there: the active layer before it', () => {
    load(block);
    store().toggleBypass(uidAt(1));
    expect(from()).toEqual(['conv2d_1']);
    expect(store().reports[3]!.spec).toMatchObject({ from: 'conv2d_1' });
    expect(store().valid).toBe(true);
    store().toggleBypass(uidAt(1));
    expect(from()).toEqual(['conv2d_2']);
  });

  it('count only active layers in the network, and all in the stack', () => {
    load(block);
    store().toggleBypass(uidAt(0));
    expect(from()).toEqual(['conv2d_1']);
    expect(store().layers[3]!.spec).toMatchObject({ from: 'conv2d_2' });
    store().addLayer('conv2d', 0);
    expect(store().layers[4]!.spec).toMatchObject({ from: 'conv2d_3' });
    expect(from()).toEqual(['conv2d_2']);
  });

  it('say so where nothing comes before it', () => {
    load([conv, conv, { kind: 'add', from: 'conv2d_1' }, ...END], [0]);
    expect(reportFor(store(), uidAt(2))!.problem?.what).toBe(
      'the layer it adds is off, and no layer comes before that.',
    );
  });

  it('are made for the stack when a new layer or a repair takes one', () => {
    load([conv, conv, conv, ...END], [0]);
    store().addLayer('add', 3);
    expect(store().layers[3]!.spec).toMatchObject({ from: 'conv2d_2' });
    expect(from()).toEqual(['conv2d_1']);
    store().updateLayer(uidAt(3), { from: '' });
    const [repair] = repairsFor(specOf(store()), 2, 10);
    expect(repair!.label).toBe('Take conv2d_1');
    store().applyRepair('add_1', repair!);
    expect(store().layers[3]!.spec).toMatchObject({ from: 'conv2d_2' });
    expect(store().valid).toBe(true);
  });
});

describe('a repair', () => {
  it('counts the layers that are on, keeps the others where they are, and is one step', () => {
    load([conv, { kind: 'maxPool2d' }, { kind: 'dropout' }, END[1]!], [1]);
    const [repair] = repairsFor(specOf(store()), 2, 10);
    store().applyRepair('dense_1', repair!);
    expect(store().layers.map(({ spec, bypassed }) => (bypassed ? 'off' : spec.kind))).toEqual([
      'conv2d',
      'off',
      'dropout',
      'flatten',
      'dense',
    ]);
    expect(store().valid).toBe(true);
    expect(store().past.at(-1)!.label).toBe('repair dense_1: insert Flatten');
    store().undo();
    expect(store().layers).toHaveLength(4);
  });

  it('moves a layer past those that are off', () => {
    load([conv, { kind: 'flatten' }, { kind: 'dropout' }, conv, END[1]!], [2]);
    const uid = uidAt(3);
    const [repair] = repairsFor(specOf(store()), 2, 10);
    store().applyRepair('conv2d_2', repair!);
    expect(
      store()
        .layers.map((layer) => layer.uid)
        .indexOf(uid),
    ).toBe(1);
    expect(store().valid).toBe(true);
  });
});
