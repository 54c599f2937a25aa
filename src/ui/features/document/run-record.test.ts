import { expect, it } from 'vitest';
import { DEFAULT_PRESET } from '../../../model/presets';
import { DEFAULT_SETTINGS } from '../../../model/settings';
import { runKey } from './run-record';

it('tells runs apart by network and settings, whatever the order of their fields, but not by the learning rate', () => {
  const { spec } = DEFAULT_PRESET;
  const key = runKey(spec, DEFAULT_SETTINGS);
  const turned = Object.fromEntries(Object.entries(DEFAULT_SETTINGS).reverse()) as unknown as typeof DEFAULT_SETTINGS;
  expect(runKey(spec, turned)).toBe(key);
  const { optimizer } = DEFAULT_SETTINGS;
  expect(runKey(spec, { ...DEFAULT_SETTINGS, optimizer: { ...optimizer, learningRate: 0.5 } })).toBe(key);
  expect(runKey(spec, { ...DEFAULT_SETTINGS, batchSize: 7 })).not.toBe(key);
  expect(runKey({ ...spec, layers: spec.layers.slice(1) }, DEFAULT_SETTINGS)).not.toBe(key);
});
