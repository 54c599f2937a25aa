import { at } from '../../../at';
import { decadeAxis, linearAxis, shareAxis, stepAxis, type Axis } from '../../kit/plot/axes';
import { drawable, marksOf, smooth, type Mark, type Measured } from '../../kit/plot/curves';
import type { PlotPoint } from '../../kit/plot/plot-point';

/** How the values of a quantity are spread: over decades, linearly, or between 0 and 1. */
export type Spread = 'decades' | 'linear' | 'share';

/** One quantity of several layers over the steps. */
export interface LayerSeries {
  /** In depth order. */
  layers: string[];
  /** The last step that each point stands for. */
  steps: number[];
  /**
   * The first step that each point stands for. If it differs from the last, the values are means
   * over several steps.
   */
  firsts: number[];
  /** values[layer][point], as measured. */
  values: Measured[][];
}

/** Everything a chart with one line per layer draws. */
export interface LayerCurves extends LayerSeries {
  points: PlotPoint[];
  marks: (Mark & { layer: number })[];
  x: Axis;
  y: Axis;
  scale: 'linear' | 'log';
}

/** The keys of a layer's value in a point: smoothed, and as measured. */
export const lineKey = (layer: number) => `layer${layer}`;
export const rawKey = (layer: number) => `raw${layer}`;

/**
 * The lines of a chart.
 * @param smoothing factor of the moving average, 0..0.99
 * @param guides values that the axis must include
 */
export function layerCurves(
  series: LayerSeries,
  spread: Spread,
  smoothing: number,
  guides: readonly number[] = [],
): LayerCurves {
  const { steps, values } = series;
  const scale = spread === 'decades' ? 'log' : 'linear';
  const lines = values.map((line) => smooth(line, smoothing, scale).map((value) => drawable(value, scale)));
  const raw = values.map((line) => line.map((value) => drawable(value, scale)));
  const points = steps.map((step, index) => {
    const point: PlotPoint = { step, index };
    lines.forEach((line, l) => {
      point[lineKey(l)] = at(line, index);
      point[rawKey(l)] = at(at(raw, l), index);
    });
    return point;
  });
  const marks = values.flatMap((line, layer) => marksOf(steps, line, scale, 4).map((mark) => ({ ...mark, layer })));
  return { ...series, points, marks, x: stepAxis(steps), y: axisFor(spread, [...raw.flat(), ...guides]), scale };
}

function axisFor(spread: Spread, values: readonly Measured[]): Axis {
  if (spread === 'share') return shareAxis();
  return spread === 'decades' ? decadeAxis(values) : linearAxis(values);
}

/**
 * The layer whose line is nearest to a place in the plot; null if no line is near.
 * @param place both coordinates in 0..1, from the left and from the bottom of the plot
 * @param reach how far away, as a share of the plot's height, a line may be
 */
export function nearestLayer(curves: LayerCurves, place: { x: number; y: number }, reach = 0.12): number | null {
  const { points, layers, x, y, scale } = curves;
  if (points.length === 0) return null;
  const step = x.domain[0] + place.x * (x.domain[1] - x.domain[0]);
  const point = points.reduce((best, next) => (Math.abs(next.step - step) < Math.abs(best.step - step) ? next : best));
  const position = scale === 'log' ? Math.log10 : (value: number) => value;
  const [low, high] = [position(y.domain[0]), position(y.domain[1])];
  let [nearest, least]: [number | null, number] = [null, reach];
  layers.forEach((_, layer) => {
    const value = point[lineKey(layer)];
    if (value === null || value === undefined) return;
    const distance = Math.abs((position(value) - low) / (high - low) - place.y);
    if (distance < least) [nearest, least] = [layer, distance];
  });
  return nearest;
}
