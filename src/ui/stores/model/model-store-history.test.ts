import { beforeEach, describe, expect, it } from 'vitest';
import { findPreset } from '../../../model/presets';
import { changeSettings, DEFAULT_SETTINGS } from '../../../model/settings';
import { useModelStore } from './model-store';
import { changedSettings, settingsLabel } from './model-store-labels';
import { useRunStore } from '../run-store';

const store = () => useModelStore.getState();
const settings = () => useRunStore.getState().settings;
const change = (part: object) => store().setSettings(changeSettings(settings(), part));
const labels = () => store().past.map(({ label }) => label);

beforeEach(() => {
  useModelStore.setState(useModelStore.getInitialState(), true);
  useRunStore.setState(useRunStore.getInitialState(), true);
});

describe('undo and redo', () => {
  it('go through changes of network and settings in the order made', () => {
    store().addLayer('dropout');
    change({ batchSize: 32 });
    store().removeLayer(store().layers[0]!.uid);
    change({ optimizer: { kind: 'sgd' } });
    expect(labels()).toEqual(['add Dropout', 'change batch size', 'remove conv2d_1', 'choose SGD']);
    store().undo();
    expect(settings()).toMatchObject({ batchSize: 32, optimizer: { kind: 'adam' } });
    store().undo();
    expect(store().reports[0]!.id).toBe('conv2d_1');
    store().undo();
    expect(settings()).toBe(DEFAULT_SETTINGS);
    expect(store().layers.some(({ spec }) => spec.kind === 'dropout')).toBe(true);
    for (let i = 0; i < 3; i++) store().redo();
    expect(settings()).toMatchObject({ batchSize: 32, optimizer: { kind: 'sgd' } });
    expect(store().future).toEqual([]);
  });

  it('take a network that comes with settings as one', () => {
    const preset = findPreset('cpp-lenet');
    store().loadSpec(preset.spec, { settings: preset.settings, label: 'open LeNet' });
    expect(labels()).toEqual(['open LeNet']);
    expect(settings()).toMatchObject(preset.settings);
    store().undo();
    expect(settings()).toBe(DEFAULT_SETTINGS);
    expect(store().name).toBe('Flux conv_mnist');
    store().redo();
    expect(settings()).toMatchObject(preset.settings);
    expect(store().name).toBe(preset.spec.name);
  });

  it('take several changes as one where they are made as one', () => {
    store().asOneStep('begin anew', () => {
      store().addLayer('dense');
      change({ batchSize: 8 });
      change({ seed: 7 });
    });
    store().addLayer('dropout');
    expect(labels()).toEqual(['begin anew', 'add Dropout']);
    store().undo();
    store().undo();
    expect(settings()).toBe(DEFAULT_SETTINGS);
    expect(store().layers).toHaveLength(8);
  });

  it('leave everything as it was where a document is malformed', () => {
    expect(() => store().loadSpec(findPreset('mlp').spec, { settings: { batchSize: 0 } })).toThrow(/batchSize/);
    expect(store().name).toBe('Flux conv_mnist');
    expect(labels()).toEqual([]);
  });

  it('take quick changes of one setting as one, and settings that stay the same as none', () => {
    for (const learningRate of [0.1, 0.2, 0.3]) change({ optimizer: { learningRate } });
    change({});
    expect(labels()).toEqual(['change learning rate']);
    store().undo();
    expect(settings().optimizer.learningRate).toBe(DEFAULT_SETTINGS.optimizer.learningRate);
  });

  it('say which field of which layer was edited', () => {
    const { uid } = store().layers[1]!;
    store().updateLayer(uid, { poolSize: [3, 3], strides: [3, 3] });
    store().duplicateLayer(uid);
    store().moveLayer(0, 1);
    expect(labels()).toEqual(['change pool size and strides of maxPool2d_1', 'duplicate maxPool2d_1', 'move conv2d_1']);
  });
});

describe('reports', () => {
  it('of layers that did not change stay the same objects', () => {
    const { reports } = store();
    store().updateLayer(store().layers[4]!.uid, { useBias: false });
    const after = store().reports;
    expect(after.map((report, i) => report === reports[i])).toEqual([true, true, true, true, false, true, true, true]);
  });
});

describe('labels of settings', () => {
  const label = (part: object) => {
    const after = changeSettings(DEFAULT_SETTINGS, part);
    return settingsLabel(changedSettings(DEFAULT_SETTINGS, after), after);
  };

  it('name what changes', () => {
    expect(label({ l2: 1e-3 })).toBe('change L2');
    expect(label({ optimizer: { beta1: 0.5 } })).toBe('change beta 1');
    expect(label({ optimizer: { kind: 'momentum' } })).toBe('choose Momentum');
    expect(label({ batchSize: 1, seed: 2 })).toBe('change 2 settings');
  });
});
