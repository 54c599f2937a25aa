import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_PRESET, findPreset } from '../../../model/presets';
import { specOf, useModelStore } from './model-store';

const store = () => useModelStore.getState();
const kinds = () => store().layers.map((layer) => layer.spec.kind);

beforeEach(() => useModelStore.setState(useModelStore.getInitialState(), true));

describe('model store', () => {
  it('opens with the default network, valid', () => {
    expect(specOf(store())).toEqual(DEFAULT_PRESET.spec);
    expect(store().valid).toBe(true);
    expect(store().reports.map((report) => report.id)).toEqual([
      'conv2d_1',
      'maxPool2d_1',
      'conv2d_2',
      'maxPool2d_2',
      'conv2d_3',
      'maxPool2d_3',
      'flatten_1',
      'dense_1',
    ]);
  });

  it('undoes and redoes several kinds of change in order', () => {
    const before = store().layers;
    store().addLayer('conv2d', 0);
    store().moveLayer(0, 2);
    store().removeLayer(before[0]!.uid);
    const after = store().layers;
    store().undo();
    store().undo();
    expect(kinds()[0]).toBe('conv2d');
    expect(store().layers).toHaveLength(before.length + 1);
    store().undo();
    expect(store().layers).toEqual(before);
    expect(store().past).toHaveLength(0);
    for (let i = 0; i < 3; i++) store().redo();
    expect(store().layers).toEqual(after);
    expect(store().future).toHaveLength(0);
  });

  it('drops the redo branch on a new change', () => {
    store().addLayer('dense');
    store().undo();
    store().addLayer('flatten', 0);
    expect(store().future).toHaveLength(0);
  });

  it('undoes quick edits of one field as one change', () => {
    const { uid } = store().layers[0]!;
    for (const filters of [1, 12, 128]) store().updateLayer(uid, { filters });
    expect(store().layers[0]!.spec).toMatchObject({ filters: 128 });
    store().undo();
    expect(store().layers[0]!.spec).toMatchObject({ filters: 16 });
  });

  it('reports shapes at once and the problem at the layer that causes it', () => {
    const flatten = store().layers.find((layer) => layer.spec.kind === 'flatten')!;
    store().removeLayer(flatten.uid);
    expect(store().valid).toBe(false);
    const { problem } = store().reports.at(-1)!;
    expect(problem?.where.layer).toBe('dense_1');
    expect(problem?.remedy).toContain('Flatten');
    store().undo();
    expect(store().valid).toBe(true);
  });

  it('puts a clicked layer where the stack keeps working', () => {
    store().addLayer('conv2d');
    expect(kinds().slice(-3)).toEqual(['conv2d', 'flatten', 'dense']);
    store().select(null);
    store().addLayer('dense');
    expect(kinds().slice(-3)).toEqual(['flatten', 'dense', 'dense']);
    expect(store().valid).toBe(true);
    store().select(store().layers[0]!.uid);
    store().addLayer('activation');
    expect(kinds()[1]).toBe('activation');
    expect(store().selected).toBe(store().layers[1]!.uid);
  });

  it('takes input and classes from the data and checks the stack against them', () => {
    store().fitDataset({ height: 32, width: 32, channels: 3, classes: 5 });
    expect(specOf(store()).input).toEqual([32, 32, 3]);
    expect(store().reports.at(-1)!.problem?.what).toContain('5 classes');
  });

  it('leaves the stack alone when a spec is malformed', () => {
    expect(() => store().loadSpec({ input: [28, 28, 1], layers: [{ kind: 'lstm' }] })).toThrow(/lstm/);
    expect(specOf(store())).toEqual(DEFAULT_PRESET.spec);
    store().loadSpec(findPreset('mlp').spec);
    expect(store().name).toBe('Multilayer perceptron');
  });
});
