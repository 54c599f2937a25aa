import type { PlotPoint } from './plot-point';
import type { PlotScale } from './plot-scale';

/** A line of a plot as it is drawn, in CSS pixels. */
export interface LinePath {
  /**
   * Straight pieces between points; what has no place on the axis breaks them, or is skipped where
   * values are sparse.
   */
  d: string;
  /** Points that no piece leads to or from: they are seen as dots. */
  alone: { x: number; y: number }[];
}

/** @param key of the line's values in the points */
export function linePath(points: readonly PlotPoint[], key: string, scale: PlotScale, sparse = false): LinePath {
  const heightOf = (point: PlotPoint | undefined) => {
    const value = point?.[key];
    return value === null || value === undefined ? null : scale.y(value);
  };
  const path: LinePath = { d: '', alone: [] };
  let pen = 'M';
  // One number after the other: this runs for every point of every line at every redraw.
  for (let i = 0, y = heightOf(points[0]); i < points.length; i++) {
    const next = heightOf(points[i + 1]);
    if (y !== null) {
      const x = scale.x(points[i].step);
      path.d += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
      if (!sparse && pen === 'M' && next === null) path.alone.push({ x, y });
      pen = 'L';
    } else if (!sparse) pen = 'M';
    y = next;
  }
  return path;
}
