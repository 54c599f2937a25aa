import { at } from '../../../at';
import type { TileLayout } from './tile-layout';
import { valueRange } from './value-range';

/**
 * What the last colour stands for: the largest value of each unit, of the tensor, or of all layers.
 */
export type RangeMode = 'unit' | 'layer' | 'all';

export interface ColorRange {
  /** The value of the last colour; the largest of them if there are `unitMax`. */
  max: number;
  /** The largest absolute value of each unit, if each has its own range. */
  unitMax: Float32Array | null;
  signed: boolean;
  /** Whether all values are zero, or none is finite. */
  empty: boolean;
}

/**
 * @param all largest absolute value over all layers, used if the mode asks for it; if left out, the
 * tensor's own
 */
export function colorRange(data: Float32Array, layout: TileLayout, mode: RangeMode, all?: number): ColorRange {
  const { max, signed } = valueRange(data);
  const unitMax =
    mode === 'unit' && layout.units > 1 && layout.rowUnit(0, 0) !== null ? unitMaxima(data, layout) : null;
  return { max: (mode === 'all' && all) || max || 1, unitMax, signed, empty: max === 0 };
}

function unitMaxima(data: Float32Array, layout: TileLayout): Float32Array {
  const maxima = new Float32Array(layout.units);
  for (let tile = 0; tile < layout.tiles; tile++) {
    for (let y = 0; y < layout.height; y++) {
      const unit = layout.rowUnit(tile, y)!;
      const from = layout.offset(tile) + y * layout.yStride;
      let most = at(maxima, unit);
      for (let x = 0; x < layout.width; x++) {
        const size = Math.abs(at(data, from + x * layout.xStride));
        if (size > most && size < Infinity) most = size;
      }
      maxima[unit] = most;
    }
  }
  return maxima;
}
