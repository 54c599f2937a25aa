import { describe, expect, it } from 'vitest';
import { findPreset, presets } from '../../model/presets';
import { inspectModel, resolveModel } from '../../model/resolve';
import { changeSettings, DEFAULT_SETTINGS } from '../../model/settings';
import { OPTIMIZERS, type OptimizerKind } from '../../model/optimizers';
import { EXPERIMENTS } from './experiments';
import { guideLayers, slidingOf } from './guide-layers';
import { updateRule } from './update-rule';

function layersOf(preset: string, left?: string) {
  const { spec } = findPreset(preset);
  const reports = inspectModel(spec);
  const layers = spec.layers.map((layer, i) => ({ uid: `u${i}`, spec: layer }));
  const ids = Object.fromEntries(layers.map(({ uid }, i) => [uid, reports[i].id]).filter(([uid]) => uid !== left));
  return guideLayers(layers, reports, ids);
}

describe('guideLayers', () => {
  it('picks what the chapters are about, with what each of them reads', () => {
    const { convolution, dense, pooling, last } = layersOf('flux-conv-mnist');
    expect(convolution).toMatchObject({ layer: { id: 'conv2d_1' }, before: null });
    expect(pooling).toMatchObject({ layer: { id: 'maxPool2d_1' }, before: 'conv2d_1' });
    expect(last).toMatchObject({ layer: { id: 'dense_1' }, before: 'flatten_1' });
    expect(dense).toBeNull();
    expect(slidingOf(convolution!.layer)).toEqual({ size: [3, 3], strides: [1, 1], padding: 'same', dilation: [1, 1] });
  });

  it('takes the first dense layer where there is no convolution', () => {
    const { convolution, dense, pooling } = layersOf('mlp');
    expect([convolution, pooling]).toEqual([null, null]);
    expect(dense).toMatchObject({ layer: { id: 'dense_1' }, before: 'flatten_1' });
  });

  it('passes over layers that are not in training', () => {
    expect(layersOf('flux-conv-mnist', 'u0').convolution?.layer.id).toBe('conv2d_2');
  });

  it('finds its way in every preset', () => {
    for (const { id } of presets) expect(layersOf(id).last, id).not.toBeNull();
  });
});

it('every experiment is a network and settings that the page accepts', () => {
  for (const { id, spec, settings } of EXPERIMENTS) {
    if (spec) expect(resolveModel(spec, 10).classes, id).toBe(10);
    if (settings) expect(changeSettings(DEFAULT_SETTINGS, settings(DEFAULT_SETTINGS)), id).toBeTruthy();
  }
  const rate = EXPERIMENTS.find(({ id }) => id === 'rate')!;
  expect(rate.settings!(DEFAULT_SETTINGS).optimizer).toEqual({ learningRate: 0.3 });
});

it('every optimizer has its rule, with its own numbers in it', () => {
  for (const kind of Object.keys(OPTIMIZERS) as OptimizerKind[]) {
    const { optimizer } = changeSettings(DEFAULT_SETTINGS, { optimizer: { kind } });
    const text = updateRule(optimizer).lines.join('\n');
    for (const [name, value] of Object.entries(optimizer)) if (name !== 'kind') expect(text, `${kind} ${name}`).toContain(String(value));
  }
});
