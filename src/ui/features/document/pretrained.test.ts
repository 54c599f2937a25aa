import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { mergeWeights } from '../../../model/check-weights';
import { DEFAULT_PRESET } from '../../../model/presets';
import { resolveModel } from '../../../model/resolve';
import { readPretrained } from './pretrained';

const FILE = new URL('../../../../public/pretrained.json', import.meta.url);

it('the weights beside the page are those of the network that it opens with, all of them, and good', async () => {
  const text = await readFile(FILE, 'utf8');
  expect(text.length).toBeLessThan(400_000);
  const { model, start, accuracy } = await readPretrained(JSON.parse(text));
  expect(model).toEqual(DEFAULT_PRESET.spec);
  expect(accuracy).toBeGreaterThan(0.98);
  const resolved = resolveModel(model);
  expect(mergeWeights(resolved, {}, start.weights)).toEqual(start.weights);
  expect(Object.keys(start.weights)).toEqual(
    resolved.layers.filter(({ weights }) => weights.length > 0).map(({ id }) => id),
  );
  expect(start.step).toBe(0);
});

it('refuses a file of another form', async () => {
  await expect(readPretrained({ version: 2 })).rejects.toThrow();
  await expect(readPretrained('<!doctype html>')).rejects.toThrow();
});
