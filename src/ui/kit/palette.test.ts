import { expect, it } from 'vitest';
import type { Family } from '../../model/layer-kind';
import {
  channelsOf,
  divergingTable,
  familyColor,
  layerColor,
  sequentialTable,
  splitColor,
  type Scheme,
} from './palette';

const PAGE: Record<Scheme, string> = { light: '#ffffff', dark: '#242424' };

/** Contrast ratio of two colours (WCAG 2.2, relative luminance of sRGB). */
function contrast(a: string, b: string): number {
  const luminance = (css: string) => {
    const [r, g, blue] = channelsOf(css).map((v) =>
      v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * blue!;
  };
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

it.each(['light', 'dark'] as const)('stands out from the page: %s', (scheme) => {
  const families: Family[] = ['convolution', 'pooling', 'dense', 'activation', 'regularisation', 'shape'];
  for (const family of families)
    expect(contrast(familyColor(family, scheme), PAGE[scheme]), family).toBeGreaterThan(4.5);
  for (let i = 0; i < 12; i++)
    expect(contrast(layerColor(i, 12, scheme), PAGE[scheme]), `line ${i}`).toBeGreaterThan(2.2);
  for (const split of ['train', 'validation', 'test'] as const)
    expect(contrast(splitColor(split, scheme), PAGE[scheme])).toBeGreaterThan(3);
});

it.each(['light', 'dark'] as const)('orange is negative, grey is zero, blue is positive: %s', (scheme) => {
  const at = (i: number) => [...divergingTable(scheme).slice(4 * i, 4 * i + 4)];
  const [negative, zero, positive] = [at(64), at(128), at(191)];
  expect(negative[0]).toBeGreaterThan(negative[2]!);
  expect(positive[2]).toBeGreaterThan(positive[0]!);
  expect(Math.max(...zero.slice(0, 3)) - Math.min(...zero.slice(0, 3))).toBeLessThan(16);
  expect([...sequentialTable(scheme).slice(0, 3)].every((v, c) => Math.abs(v - zero[c]!) < 4)).toBe(true);
});
