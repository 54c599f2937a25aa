import { at } from '../../../at';

/** A grey picture, rows from the top, 0 (paper) to 1 (ink). */
export interface Ink {
  width: number;
  height: number;
  /** [height, width] */
  data: Float32Array;
}

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Ink fainter than this is the soft edge of a stroke and does not count as part of its extent. */
const FAINTEST = 0.1;

/**
 * Turns a drawing into an image of the data set. It crops the drawing to its ink, scales it by
 * averaging areas, with its proportions kept, and places its centre of mass in the middle. Every
 * channel gets the same values.
 * @param shape [height, width, channels] of the network's input
 * @param inkShare the longer side of the ink, as a share of the shorter side of the image
 * @returns [height, width, channels] in 0..1; null if nothing was drawn
 */
export function preprocess(ink: Ink, shape: readonly [number, number, number], inkShare: number): Float32Array | null {
  const box = boundingBox(ink);
  if (!box) return null;
  const [height, width, channels] = shape;
  const side = Math.max(1, Math.round(Math.min(height, width) * inkShare));
  const scale = side / Math.max(box.width, box.height);
  const small = resample(
    ink,
    box,
    Math.max(1, Math.round(box.width * scale)),
    Math.max(1, Math.round(box.height * scale)),
  );
  const mass = centreOfMass(small);
  const left = place(width, small.width, mass.x);
  const top = place(height, small.height, mass.y);
  const image = new Float32Array(height * width * channels);
  for (let y = 0; y < small.height; y++) {
    for (let x = 0; x < small.width; x++) {
      const pixel = ((top + y) * width + left + x) * channels;
      image.fill(at(small.data, y * small.width + x), pixel, pixel + channels);
    }
  }
  return image;
}

/** The smallest box that holds all ink, or null. */
export function boundingBox({ width, height, data }: Ink): Box | null {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (at(data, y * width + x) < FAINTEST) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * The part of the picture in `box` at another size: each new pixel is the mean of the area it
 * covers.
 */
export function resample(ink: Ink, box: Box, width: number, height: number): Ink {
  const across = shares(box.left, box.width, width);
  const down = shares(box.top, box.height, height);
  const data = new Float32Array(width * height);
  for (const [y, rows] of down.entries()) {
    for (const [x, columns] of across.entries()) {
      let sum = 0;
      for (const [row, part] of rows)
        for (const [column, share] of columns) sum += part * share * at(ink.data, row * ink.width + column);
      data[y * width + x] = sum;
    }
  }
  return { width, height, data };
}

/**
 * Divides [start, start + length) into `to` equal pieces. For each it returns the source cells that
 * the piece covers, with their shares of it.
 */
function shares(start: number, length: number, to: number): [cell: number, share: number][][] {
  const size = length / to;
  return Array.from({ length: to }, (_, piece) => {
    const [from, end] = [piece * size, (piece + 1) * size];
    const cells: [number, number][] = [];
    for (let cell = Math.floor(from); cell < Math.min(length, Math.ceil(end - 1e-9)); cell++) {
      cells.push([start + cell, (Math.min(end, cell + 1) - Math.max(from, cell)) / size]);
    }
    return cells;
  });
}

function centreOfMass({ width, data }: Ink): { x: number; y: number } {
  let [mass, x, y] = [0, 0, 0];
  data.forEach((value, i) => {
    mass += value;
    x += value * (i % width);
    y += value * Math.floor(i / width);
  });
  return { x: x / mass, y: y / mass };
}

/**
 * Where to start a picture on a line of `room` pixels so that its mass is in the middle and none of
 * it is cut off.
 */
function place(room: number, length: number, mass: number): number {
  return Math.max(0, Math.min(room - length, Math.round(room / 2 - mass)));
}
