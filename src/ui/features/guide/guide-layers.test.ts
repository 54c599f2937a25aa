import { describe, expect, it } from 'vitest';
import { findPreset, presets } from '../../../model/presets';
import { inspectModel, resolveModel } from '../../../model/resolve';
import { createLayer } from '../../../model/spec';
import { changeSettings, DEFAULT_SETTINGS } from '../../../model/settings';
import { OPTIMIZERS, type OptimizerKind } from '../../../model/optimizers';
import { EXPERIMENTS, fitted } from './experiments';
import { guideLayers, slidingOf } from './guide-layers';
import { updateRule } from './update-rule';

function layersOf(preset: string, left?: string) {
  const { spec } = findPreset(preset);
  const reports = inspectModel(spec);
  const layers = spec.layers.map((layer, i) => ({ uid: `u${i}`, spec: layer }));
  const ids = Object.fromEntries(
    layers.map(({ uid }, i) => [uid, reports[i]!.id] as const).filter(([uid]) => uid !== left),
  );
  return guideLayers(layers, reports, ids);
}

describe('guideLayers', () => {
  it('picks what the chapters are about', () => {
    const { convolution, dense, pooling, last } = layersOf('flux-conv-mnist');
    expect([convolution, pooling, last].map((at) => at?.layer.id)).toEqual(['conv2d_1', 'maxPool2d_1', 'dense_1']);
    expect(dense).toBeNull();
    expect(slidingOf(convolution!.layer)).toEqual({ size: [3, 3], strides: [1, 1], padding: 'same', dilation: [1, 1] });
  });

  it('takes the first dense layer where there is no convolution', () => {
    const { convolution, dense, pooling } = layersOf('mlp');
    expect([convolution, pooling]).toEqual([null, null]);
    expect(dense).toMatchObject({ layer: { id: 'dense_1' } });
  });

  it('passes over layers that are not in training', () => {
    expect(layersOf('flux-conv-mnist', 'u0').convolution?.layer.id).toBe('conv2d_2');
  });

  it('takes what ends the network for the last layer, whatever its kind', () => {
    const input: [number, number, number] = [28, 28, 1];
    const specs = [createLayer('conv2d', { filters: 10 }), createLayer('globalAveragePooling2d')];
    const reports = inspectModel({ version: 1, name: '', input, layers: specs });
    const layers = specs.map((spec, i) => ({ uid: `u${i}`, spec }));
    const ids = { u0: 'conv2d_1', u1: 'globalAveragePooling2d_1' };
    expect(guideLayers(layers, reports, ids).last?.layer.id).toBe('globalAveragePooling2d_1');
    // The layer was removed from the stack but is still in training: the rest does not end with
    // scores.
    expect(guideLayers(layers.slice(0, 1), reports.slice(0, 1), ids).last).toBeNull();
  });

  it('finds its way in every preset', () => {
    for (const { id } of presets) expect(layersOf(id).last, id).not.toBeNull();
  });
});

it('every experiment is a network and settings that the page accepts', () => {
  for (const { id, spec, settings } of EXPERIMENTS) {
    for (const classes of [4, 10])
      if (spec) expect(resolveModel(fitted(spec, { shape: [28, 28, 3], classes }), classes).classes, id).toBe(classes);
    if (settings) expect(changeSettings(DEFAULT_SETTINGS, settings(DEFAULT_SETTINGS)), id).toBeTruthy();
  }
  const rate = EXPERIMENTS.find(({ id }) => id === 'rate')!;
  expect(rate.settings!(DEFAULT_SETTINGS).optimizer).toEqual({ learningRate: 0.3 });
});

it('every optimizer has its rule, with its own numbers in it', () => {
  for (const kind of Object.keys(OPTIMIZERS) as OptimizerKind[]) {
    const { optimizer } = changeSettings(DEFAULT_SETTINGS, { optimizer: { kind } });
    const text = updateRule(optimizer).lines.join('\n');
    for (const [name, value] of Object.entries(optimizer))
      if (name !== 'kind') expect(text, `${kind} ${name}`).toContain(String(value));
  }
});
