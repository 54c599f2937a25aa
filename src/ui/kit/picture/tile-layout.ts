import { asImage } from '../../../model/reach';
import { sizeOf, type Shape } from '../../../model/shape';

/**
 * How a tensor is cut into pictures: value (y, x) of tile t is at `offset(t) + y * yStride + x *
 * xStride`.
 */
export interface TileLayout {
  /** The size of one picture in values. */
  height: number;
  width: number;
  tiles: number;
  /**
   * Tiles per line, if the lines mean something (such as one filter each); null: as many as fit.
   */
  perLine: number | null;
  offset(tile: number): number;
  yStride: number;
  xStride: number;
  /** Names the tile, such as "filter 3, channel 0". */
  name(tile: number): string;
  /**
   * The number of units (filters, channels, dense units) in the tensor, including those left out.
   */
  units: number;
  /** The unit that a row of a tile belongs to; null if every value is its own unit. */
  rowUnit: (tile: number, y: number) => number | null;
  /** Where a value of the tensor is shown. */
  place(index: number): { tile: number; y: number; x: number };
  /** The number of values in the tensor; places beyond it stay empty. */
  length: number;
  /** Says what was left out; empty if nothing was. */
  leftOut: string;
}

/** More pictures than this cannot be looked at, and take long to draw. */
const MOST_TILES = 2048;
const VECTOR_WIDTH = 32;

/** The shape of the weights of a convolution: [kh, kw, in, out]. */
type FilterShape = readonly [height: number, width: number, inputs: number, outputs: number];

export const isFilters = (shape: Shape): shape is FilterShape => shape.length === 4;

/** A range of the units. */
export interface UnitPage {
  first: number;
  count: number;
}

/**
 * How many units fit on a page so that their pictures can be looked at; each has `inputs` pictures.
 */
export const unitsPerPage = (inputs: number) => Math.max(1, Math.floor(512 / inputs));

/**
 * The pictures of a weight tensor.
 * @param shape convolution [kh, kw, in, out], dense [in, out], bias [out]
 * @param image shape [H, W, C] that the inputs of a dense layer had before they were flattened: its
 *   columns are then shown as images, since flatten lays values out in that order
 * @param page the units to show, of a layer with many
 */
export function weightLayout(shape: Shape, image?: Shape, page?: UnitPage): TileLayout {
  if (isFilters(shape)) return kernels(shape, 'filter', page);
  if (!isDenseShape(shape)) return vector(sizeOf(shape));
  const [inputs, units] = shape;
  return isImageMatrix(shape, image) ? kernels([...image, units], 'unit', page) : matrix(inputs, units);
}

const isDenseShape = (shape: Shape): shape is readonly [inputs: number, outputs: number] => shape.length === 2;

/** Whether dense weights [in, out] can be shown as images of the given shape. */
const isImageMatrix = (shape: Shape, image: Shape | undefined): image is readonly [number, number, number] =>
  shape.length === 2 && image?.length === 3 && sizeOf(image) === shape[0];

/** Whether each unit of such weights has pictures of its own. */
export const isPictures = (shape: Shape, image: Shape | undefined) => isFilters(shape) || isImageMatrix(shape, image);

/** Whether it is [in, out] as one picture with a row per output. */
export const isMatrix = ({ tiles, height, rowUnit }: TileLayout) =>
  tiles === 1 && height > 1 && rowUnit(0, 0) !== rowUnit(0, 1);

/**
 * How large the pictures of weights may grow, in pixels. A matrix grows until its cells can be told
 * apart, as long as it stays low.
 */
export function weightSide(layout: TileLayout): number {
  if (!isMatrix(layout)) return 44;
  const scale = Math.max(1, Math.min(12, Math.floor(320 / layout.height)));
  return scale * Math.max(layout.height, layout.width);
}

/** The pictures of a layer's output: one per channel of [H, W, C], or one for [units]. */
export function outputLayout(shape: Shape): TileLayout {
  if (shape.length !== 3) return vector(sizeOf(shape));
  const [height, width, channels] = asImage(shape);
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
    units: channels,
    rowUnit: (tile) => tile,
    place: (index) => ({ tile: index % channels, ...rowAndColumn(Math.floor(index / channels), width) }),
    length: sizeOf(shape),
    leftOut: tiles < channels ? `The first ${tiles} of ${channels} channels.` : '',
  };
}

/** One channel of an output [H, W, C]. */
export function channelLayout(shape: Shape, channel: number): TileLayout {
  const [, width, channels] = asImage(shape);
  return {
    ...outputLayout(shape),
    tiles: 1,
    offset: () => channel,
    name: () => `channel ${channel}`,
    rowUnit: () => channel,
    place: (index) => ({ tile: 0, ...rowAndColumn(Math.floor(index / channels), width) }),
    leftOut: '',
  };
}

/** [height, width, in, out] with a line of `in` pictures per output. */
function kernels(
  [height, width, inputs, outputs]: FilterShape,
  noun: string,
  page: UnitPage = { first: 0, count: outputs },
): TileLayout {
  const first = Math.min(page.first, outputs - 1);
  const lines = Math.min(outputs - first, page.count, Math.max(1, Math.floor(MOST_TILES / inputs)));
  const channels = Math.min(inputs, MOST_TILES);
  const parts = [
    lines < Math.min(page.count, outputs - first) ? `the first ${lines} of ${outputs} ${noun}s` : '',
    channels < inputs ? `the first ${channels} of ${inputs} channels` : '',
  ].filter(Boolean);
  const unit = (tile: number) => first + Math.floor(tile / channels);
  return {
    height,
    width,
    tiles: lines * channels,
    // A single unit may fill several lines.
    perLine: inputs > 1 && lines > 1 ? channels : null,
    offset: (tile) => (tile % channels) * outputs + unit(tile),
    yStride: width * inputs * outputs,
    xStride: inputs * outputs,
    name: (tile) => `${noun} ${unit(tile)}${inputs > 1 ? `, channel ${tile % channels}` : ''}`,
    units: outputs,
    rowUnit: unit,
    place(index) {
      const tile = ((index % outputs) - first) * channels + (Math.floor(index / outputs) % inputs);
      return { tile, ...rowAndColumn(Math.floor(index / (inputs * outputs)), width) };
    },
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
    units: outputs,
    rowUnit: (_tile, y) => y,
    place: (index) => ({ tile: 0, y: index % outputs, x: Math.floor(index / outputs) }),
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
    units: length,
    rowUnit: () => null,
    place: (index) => ({ tile: 0, ...rowAndColumn(index, width) }),
    length,
    leftOut: '',
  };
}

const rowAndColumn = (position: number, width: number) => ({ y: Math.floor(position / width), x: position % width });
