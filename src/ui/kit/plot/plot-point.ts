/**
 * One point of all lines. Each line's value is under the line's key; it is null where the line
 * breaks.
 */
export interface PlotPoint {
  step: number;
  /** The index in the curve, for readouts of values that cannot be drawn. */
  index: number;
  [key: string]: number | null;
}

export interface PlotLine {
  key: string;
  color: string;
  width?: number;
  dash?: string;
  opacity?: number;
  /** Whether the values are sparse. The line then joins them across points without a value. */
  sparse?: boolean;
}
