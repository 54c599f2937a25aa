import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_PRESET } from '../../../model/presets';
import { specOf, useModelStore, wholeStackOf } from './model-store';

const store = () => useModelStore.getState();
const labels = () => store().past.map(({ label }) => label);
const images = (channels: number) => ({ height: 28, width: 28, channels, classes: 10 });

beforeEach(() => useModelStore.setState(useModelStore.getInitialState(), true));

describe('the scaling of the input', () => {
  it('is left out of what is saved where it is the default', () => {
    const before = JSON.stringify(specOf(store()));
    expect(before).toBe(JSON.stringify(DEFAULT_PRESET.spec));
    store().scaleInput('bytes');
    expect(specOf(store())).toEqual({ ...DEFAULT_PRESET.spec, inputScaling: 'bytes' });
    expect(wholeStackOf(store()).model.inputScaling).toBe('bytes');
    store().scaleInput('unit');
    expect(JSON.stringify(specOf(store()))).toBe(before);
  });

  it('is undone and redone as one step, and the same again is none', () => {
    store().scaleInput('bytes');
    store().scaleInput('bytes');
    store().scaleInput({ mean: [0.1], std: [0.3] });
    expect(labels()).toEqual(['scale the input to 0..255', 'normalize the input']);
    store().undo();
    expect(store().inputScaling).toBe('bytes');
    store().undo();
    expect(store().inputScaling).toBeUndefined();
    store().redo();
    expect(store().inputScaling).toBe('bytes');
  });

  it('takes quick changes of its numbers as one step', () => {
    store().scaleInput({ mean: [0], std: [1] });
    store().scaleInput({ mean: [0.1], std: [1] });
    store().scaleInput({ mean: [0.1], std: [0.3] });
    expect(labels()).toHaveLength(2);
  });

  it('is refused where it does not fit the channels, and nothing changes', () => {
    expect(() => store().scaleInput({ mean: [0, 0, 0], std: [1, 1, 1] })).toThrow(/inputScaling\.mean/);
    expect(labels()).toEqual([]);
  });

  it('is that of a network that is opened', () => {
    store().loadSpec({ ...DEFAULT_PRESET.spec, inputScaling: 'signed' });
    expect(store().inputScaling).toBe('signed');
    store().loadSpec(DEFAULT_PRESET.spec);
    expect(store().inputScaling).toBeUndefined();
  });

  it('stays with other images, unless it has numbers for other channels', () => {
    store().scaleInput('bytes');
    store().fitDataset(images(3));
    expect(store().inputScaling).toBe('bytes');
    store().scaleInput({ mean: [0, 0, 0], std: [1, 1, 1] });
    store().fitDataset(images(3));
    expect(store().inputScaling).toEqual({ mean: [0, 0, 0], std: [1, 1, 1] });
    store().fitDataset(images(1));
    expect(store().inputScaling).toBeUndefined();
  });
});
