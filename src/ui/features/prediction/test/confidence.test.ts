import { expect, it } from 'vitest';
import { confidenceWords } from './confidence';

it.each([
  [0.905, '90.5 %'],
  [0.37, '37.0 %'],
  [0.9994, '99.9 %'],
  [0.99996, '>99.9 %'],
  [1, '100.0 %'],
  [NaN, 'NaN'],
])('%f is written as %s', (confidence, words) => {
  expect(confidenceWords(confidence)).toBe(words);
});
