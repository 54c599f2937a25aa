import { scaleLinear } from 'd3-scale';
import { interpolateViridis } from 'd3-scale-chromatic';
import type { Family } from '../../model/layer-kind';

/** Light or dark page, as Mantine's `useComputedColorScheme` gives it. */
export type Scheme = 'light' | 'dark';

/** 256 colours, four bytes (red, green, blue, alpha) each. */
export type ColorTable = Uint8ClampedArray;

/** The entries of a table as one number each, ready to be written into RGBA pixels. */
export const pixelsOf = (table: ColorTable): Uint32Array =>
  new Uint32Array(table.buffer, table.byteOffset, table.length / 4);

/**
 * The colour of a value that is not a number, which no scale uses: red, as bytes alpha, blue,
 * green, red.
 */
export const NOT_FINITE = 0xff2626dc;

// One hue per family. They can be told apart with the common colour-vision deficiencies too
// (color-vision.test.ts), and have a contrast of at least 4.5:1 against the page in their scheme,
// so they can be used for text.
const FAMILY: Record<Family, Record<Scheme, string>> = {
  convolution: { light: '#1967b7', dark: '#67aeff' },
  pooling: { light: '#0c7a5c', dark: '#27c9a6' },
  dense: { light: '#9a29a8', dark: '#dd7ef0' },
  activation: { light: '#9b5506', dark: '#eaab49' },
  regularisation: { light: '#a70635', dark: '#e76888' },
  shape: { light: '#656e7c', dark: '#c6c6ce' },
};

/** The colour of a layer family, the same in palette, stack, charts and inspector. */
export function familyColor(family: Family, scheme: Scheme): string {
  return FAMILY[family][scheme];
}

// Viridis keeps its order in grey and for colour-blind readers. The ends that vanish against the
// page are left out.
const DEPTH_RANGE: Record<Scheme, readonly [number, number]> = { light: [0.04, 0.7], dark: [0.42, 0.98] };

/** The line colour of layer `index` of `count`, from the input (dark) to the output (light). */
export function layerColor(index: number, count: number, scheme: Scheme): string {
  const [from, to] = DEPTH_RANGE[scheme];
  return interpolateViridis(count < 2 ? from : from + ((to - from) * index) / (count - 1));
}

/** The line colours of the loss and accuracy charts. */
export function splitColor(split: 'train' | 'validation' | 'test', scheme: Scheme): string {
  const colors = {
    train: { light: '#1f6feb', dark: '#6cb0ff' },
    validation: { light: '#c2570c', dark: '#ff9f4a' },
    test: { light: '#0b7a62', dark: '#3ccfa6' },
  };
  return colors[split][scheme];
}

// Orange, grey, blue as in TensorFlow Playground. On dark pages the grey is a dark one, so 0
// recedes there too.
const SIGN: Record<Scheme, readonly string[]> = {
  light: ['#8f3d00', '#ef8a1d', '#e9ebee', '#2f80d8', '#06305f'],
  dark: ['#ffd9a8', '#f08a24', '#30343b', '#3b93f0', '#cfe6ff'],
};

/** The colour of a signed value: -1 orange, 0 grey, 1 blue. */
export function signColor(value: number, scheme: Scheme): string {
  return SIGN_SCALE[scheme](value);
}

const signScaleOf = (colors: readonly string[]) => scaleLinear<string>([-1, -0.5, 0, 0.5, 1], colors).clamp(true);
const SIGN_SCALE = { light: signScaleOf(SIGN.light), dark: signScaleOf(SIGN.dark) };

const tables = new Map<string, ColorTable>();

function table(key: string, colorAt: (t: number) => string): ColorTable {
  const kept = tables.get(key);
  if (kept) return kept;
  const bytes = new Uint8ClampedArray(256 * 4);
  for (let i = 0; i < 256; i++) bytes.set([...channelsOf(colorAt(i / 255)), 255], i * 4);
  tables.set(key, bytes);
  return bytes;
}

/** The three bytes of `rgb(r, g, b)` or `#rrggbb`, the two forms that d3 scales return. */
export function channelsOf(css: string): [number, number, number] {
  if (css.startsWith('#'))
    return [1, 3, 5].map((at) => parseInt(css.slice(at, at + 2), 16)) as [number, number, number];
  return css.match(/\d+/g)!.slice(0, 3).map(Number) as [number, number, number];
}

/** For weights and gradients: entry 0 is -max, 127.5 is 0, 255 is +max. */
export const divergingTable = (scheme: Scheme): ColorTable =>
  table(`diverging ${scheme}`, (t) => SIGN_SCALE[scheme](2 * t - 1));

/**
 * For activations that are never negative: entry 0 is 0, 255 the maximum. The positive half of
 * {@link divergingTable}.
 */
export const sequentialTable = (scheme: Scheme): ColorTable =>
  table(`sequential ${scheme}`, (t) => SIGN_SCALE[scheme](t));

/**
 * For quantities without a sign; entry 0 is the least and 255 the greatest. It is viridis, whose
 * lightness rises evenly, and which looks the same with all common colour-vision deficiencies
 * (Smith & van der Walt 2015). It is the same on light and dark pages, so pictures can be compared.
 */
export const magnitudeTable = (): ColorTable => table('magnitude', interpolateViridis);

/**
 * The colour of a quantity without a sign, as in {@link magnitudeTable}: 0 is the least, 1 the
 * greatest.
 */
export const magnitudeColor = (t: number): string => interpolateViridis(Math.min(1, Math.max(0, t)));

/** For images: 0 is black, 1 is white. */
export const grayTable = (): ColorTable =>
  table('gray', (t) => `rgb(${[0, 1, 2].map(() => Math.round(255 * t)).join(',')})`);
