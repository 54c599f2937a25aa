import { expect, it } from 'vitest';
import { overlay, overlayColors } from './overlay';

const last = [...overlayColors().subarray(4 * 255, 4 * 255 + 3)];

it('shows the dimmed image where nothing matters and the last colour where most does', () => {
  const pixels = Float32Array.of(1, 0, 1, 0);
  const rgba = overlay(pixels, 1, Float32Array.of(0, 2, 2, NaN), 2);
  expect([...rgba.subarray(0, 4)]).toEqual([140, 140, 140, 255]);
  expect([...rgba.subarray(4, 7)]).toEqual(last);
  expect([...rgba.subarray(8, 11)]).toEqual(last);
  expect([...rgba.subarray(12)]).toEqual([0, 0, 0, 255]);
});

it('shows the image alone when all is zero, the first channel of several', () => {
  const rgba = overlay(Float32Array.of(0, 1, 1, 0), 2, Float32Array.of(0, 0), 0);
  expect([...rgba]).toEqual([0, 0, 0, 255, 140, 140, 140, 255]);
});
