import { expect, it } from 'vitest';
import { allOf, classNameOf, oneOf } from './class-words';

const names = ['0', 'owl', 'truck'];

it('calls a class by its name, and by its number where it has none', () => {
  expect([0, 1, 7].map((index) => classNameOf(names, index))).toEqual(['0', 'owl', '7']);
});

it('puts one of a class into a sentence', () => {
  expect([0, 1, 2, 7].map((index) => oneOf(names, index))).toEqual(['a 0', 'an owl', 'a truck', 'a 7']);
});

it('puts all of a class into a sentence', () => {
  expect([0, 1].map((index) => allOf(names, index))).toEqual(['the 0s', 'the images of owl']);
});
