import { expect, it } from 'vitest';
import { createLayer } from '../../../model/spec';
import { resolveModel } from '../../../model/resolve';
import { fieldWords, placeName, windowWords } from './place-words';

const { layers } = resolveModel({
  version: 1,
  name: '',
  input: [8, 8, 1],
  layers: [
    createLayer('conv2d', { filters: 2, kernelSize: [3, 3], padding: 'same' }),
    createLayer('flatten'),
    createLayer('dense', { units: 3 }),
  ],
});

it('names a place of an image by row, column and unit, of a vector by unit', () => {
  expect(placeName(layers[0]!, { y: 2, x: 7, unit: 1 })).toBe('y[2, 7, 1]');
  expect(placeName(layers[2]!, { y: 0, x: 0, unit: 2 })).toBe('y[2]');
});

it('says which part of the input a window covers, cut at the edges', () => {
  expect(windowWords(layers[0]!, { y: 2, x: 3, unit: 0 })).toBe('from X rows 1–3, columns 2–4');
  expect(windowWords(layers[0]!, { y: 0, x: 7, unit: 0 })).toBe('from X rows 0–1, columns 6–7');
  expect(windowWords(layers[2]!, { y: 0, x: 0, unit: 0 })).toBe('');
});

it('says which part of the image a place sees', () => {
  const field = new Uint8Array(64);
  field[2 * 8 + 3] = field[4 * 8 + 3] = 1;
  expect(fieldWords(field, 8)).toBe('image rows 2–4, columns 3');
  expect(fieldWords(new Uint8Array(64), 8)).toBe('from padding alone');
});
