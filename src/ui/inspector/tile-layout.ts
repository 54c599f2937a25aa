import { sizeOf, type Shape } from '../../model/layer-kind';

/** How a tensor is cut into pictures: value (y, x) of tile t is at `offset(t) + y * yStride + x * xStride`. */
export interface TileLayout {
  /** Size of one picture in values. */
  height: number;
  width: number;
  tiles: number;
  /** Tiles per line, where the lines mean something (one filter each); null: as many as fit. */
  perLine: number | null;
  offset(tile: number): number;
  yStride: number;
  xStride: number;
  /** Names the tile, such as "filter 3, channel 0". */
  name(tile: number): string;
  /** Values of the tensor; places beyond stay empty. */
  length: number;
  /** What was left out, for a person; empty if nothing was. */
  leftOut: string;
}

/** More pictures than this cannot be looked at, and take long to draw. */
const MOST_TILES = 2048;
const VECTOR_WIDTH = 32;

/**
 * The pictures of a weight tensor.
 * @param shape convolution [kh, kw, in, out], dense [in, out], bias [out]
 * @param image shape [H, W, C] that the inputs of a dense layer had before they were flattened: its columns are then shown
 *   as images, since flatten lays values out in that order
 */
export function weightLayout(shape: Shape, image?: Shape): TileLayout {
  if (shape.length === 4) return kernels(shape, 'filter');
  if (shape.length === 2 && image?.length === 3 && sizeOf(image) === shape[0]) return kernels([...image, shape[1]], 'unit');
  if (shape.length === 2) return matrix(shape[0], shape[1]);
  return vector(sizeOf(shape));
}

/** The pictures of a layer's output: one per channel of [H, W, C], or one for [units]. */
export function outputLayout(shape: Shape): TileLayout {
  if (shape.length !== 3) return vector(sizeOf(shape));
  const [height, width, channels] = shape;
  const tiles = Math.min(channels, MOST_TILES);
  return {
    height,
    width,
    tiles,
    perLine: null,
    offset: (tile) => tile,
    yStride: width * channels,
    xStride: channels,
    name: (tile) => (channels > 1 ? `channel ${tile}` : ''),
    length: sizeOf(shape),
    leftOut: tiles < channels ? `The first ${tiles} of ${channels} channels.` : '',
  };
}

/** [height, width, in, out] as one line of `in` pictures per output. */
function kernels([height, width, inputs, outputs]: Shape, noun: string): TileLayout {
  const lines = Math.min(outputs, Math.max(1, Math.floor(MOST_TILES / inputs)));
  const channels = Math.min(inputs, MOST_TILES);
  const parts = [
    lines < outputs ? `the first ${lines} of ${outputs} ${noun}s` : '',
    channels < inputs ? `the first ${channels} of ${inputs} channels` : '',
  ].filter(Boolean);
  return {
    height,
    width,
    tiles: lines * channels,
    perLine: inputs > 1 ? channels : null,
    offset: (tile) => (tile % channels) * outputs + Math.floor(tile / channels),
    yStride: width * inputs * outputs,
    xStride: inputs * outputs,
    name: (tile) => `${noun} ${Math.floor(tile / channels)}${inputs > 1 ? `, channel ${tile % channels}` : ''}`,
    length: height * width * inputs * outputs,
    leftOut: parts.length > 0 ? `Showing ${parts.join(', ')}.` : '',
  };
}

/** [in, out] as one picture with a row per output. */
function matrix(inputs: number, outputs: number): TileLayout {
  const height = Math.min(outputs, 1024);
  const width = Math.min(inputs, 1024);
  const all = height === outputs && width === inputs;
  return {
    height,
    width,
    tiles: 1,
    perLine: null,
    offset: () => 0,
    yStride: 1,
    xStride: outputs,
    name: () => 'rows are units, columns inputs',
    length: inputs * outputs,
    leftOut: all ? '' : `The first ${width} inputs and ${height} units of ${inputs} and ${outputs}.`,
  };
}

/** [n] as one picture, wrapped into lines. */
function vector(length: number): TileLayout {
  const width = Math.min(length, VECTOR_WIDTH);
  return {
    height: Math.ceil(length / width),
    width,
    tiles: 1,
    perLine: null,
    offset: () => 0,
    yStride: width,
    xStride: 1,
    name: () => '',
    length,
    leftOut: '',
  };
}
