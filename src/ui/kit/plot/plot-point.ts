/** One point of all lines: the value of each line under its key, null where it breaks. */
export interface PlotPoint {
  step: number;
  /** Position in the curve, for readouts of what cannot be drawn. */
  index: number;
  [key: string]: number | null;
}

export interface PlotLine {
  key: string;
  color: string;
  width?: number;
  dash?: string;
  opacity?: number;
  /** Sparse values, joined across the points that have none. */
  sparse?: boolean;
}
