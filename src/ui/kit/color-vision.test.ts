import { describe, expect, it } from 'vitest';
import type { Family } from '../../model/layer-kind';
import { channelsOf, familyColor, signColor, splitColor, type Scheme } from './palette';

type Triple = readonly number[];

/**
 * What people without one kind of cone see, for linear RGB: Machado, Oliveira and Fernandes 2009,
 * "A physiologically-based model for simulation of color vision deficiency", table 1, severity 1.
 */
const VISION: Record<string, readonly Triple[]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** sRGB (D65) to XYZ, IEC 61966-2-1. */
const TO_XYZ: readonly Triple[] = [
  [0.4124, 0.3576, 0.1805],
  [0.2126, 0.7152, 0.0722],
  [0.0193, 0.1192, 0.9505],
];
const WHITE = [0.9505, 1, 1.089];

const times = (matrix: readonly Triple[], v: Triple) =>
  matrix.map((row) => row.reduce((sum, m, i) => sum + m * v[i]!, 0));

/** CIE L*a*b* of a colour as someone with this vision sees it. */
function labOf(css: string, vision: keyof typeof VISION): Triple {
  const linear = channelsOf(css).map((v) =>
    v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4,
  );
  const seen = times(VISION[vision]!, linear).map((v) => Math.min(1, Math.max(0, v)));
  const [x, y, z] = times(TO_XYZ, seen).map((v, i) => {
    const t = v / WHITE[i]!;
    return t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29;
  });
  return [116 * y! - 16, 500 * (x! - y!), 200 * (y! - z!)];
}

/** CIE 1976 colour difference; 2.3 is just noticeable (Mahy et al. 1994). */
const difference = (a: string, b: string, vision: keyof typeof VISION) => {
  const [p, q] = [labOf(a, vision), labOf(b, vision)];
  return Math.hypot(...p.map((v, i) => v - q[i]!));
};

/**
 * Marks of a family also carry a symbol, so colour is not their only difference. Still, no two of
 * them may be confused side by side: this is four times what is just noticeable.
 */
const APART = 9.2;

const FAMILIES: Family[] = ['convolution', 'pooling', 'dense', 'activation', 'regularisation', 'shape'];
const pairs = <T>(all: readonly T[]) => all.flatMap((a, i) => all.slice(i + 1).map((b) => [a, b] as const));

describe.each(Object.keys(VISION))('with %s vision', (vision) => {
  it.each(['light', 'dark'] as const)('layer families stay apart: %s', (scheme: Scheme) => {
    for (const [a, b] of pairs(FAMILIES)) {
      expect(difference(familyColor(a, scheme), familyColor(b, scheme), vision), `${a} and ${b}`).toBeGreaterThan(
        APART,
      );
    }
  });

  it.each(['light', 'dark'] as const)(
    'negative, zero and positive stay apart, at half the range too: %s',
    (scheme: Scheme) => {
      for (const size of [0.5, 1]) {
        const [negative, zero, positive] = [-size, 0, size].map((value) => signColor(value, scheme));
        expect(difference(negative!, positive!, vision), `${size}`).toBeGreaterThan(3 * APART);
        expect(difference(negative!, zero!, vision), `${size}`).toBeGreaterThan(3 * APART);
        expect(difference(positive!, zero!, vision), `${size}`).toBeGreaterThan(3 * APART);
      }
    },
  );

  it.each(['light', 'dark'] as const)('training and validation stay apart: %s', (scheme: Scheme) => {
    expect(difference(splitColor('train', scheme), splitColor('validation', scheme), vision)).toBeGreaterThan(
      3 * APART,
    );
  });
});
