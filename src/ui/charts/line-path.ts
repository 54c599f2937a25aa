import type { PlotPoint } from './plot';
import type { PlotScale } from './plot-scale';

/** A line of a plot as it is drawn, in CSS pixels. */
export interface LinePath {
  /** Straight pieces between points; what has no place on the axis breaks them, or is skipped where values are sparse. */
  d: string;
  /** Points that no piece leads to or from: they are seen as dots. */
  alone: { x: number; y: number }[];
}

/** @param key of the line's values in the points */
export function linePath(points: readonly PlotPoint[], key: string, scale: PlotScale, sparse = false): LinePath {
  const places = points.map((point) => {
    const value = point[key];
    const y = value === null || value === undefined ? null : scale.y(value);
    return y === null ? null : { x: scale.x(point.step), y };
  });
  const path: LinePath = { d: '', alone: [] };
  let pen = 'M';
  places.forEach((place, i) => {
    if (place) {
      path.d += `${pen}${place.x.toFixed(1)} ${place.y.toFixed(1)}`;
      if (!sparse && pen === 'M' && !places[i + 1]) path.alone.push(place);
      pen = 'L';
    } else if (!sparse) pen = 'M';
  });
  return path;
}
