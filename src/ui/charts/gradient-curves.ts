import type { NormSlot } from '../../model/norm-slots';
import type { SeriesRow } from '../stores/series';
import { decadeAxis, stepAxis, type Axis } from './axes';
import { combinedNorm, drawable, marksOf, smooth, thin, trainableLayers, type Mark } from './curves';
import type { PlotPoint } from './plot';

/** Everything the gradient chart draws. */
export interface GradientCurves {
  /** Trainable layers in depth order. */
  layers: string[];
  points: PlotPoint[];
  /** Norms as measured: one array per layer, by point index. */
  norms: number[][];
  marks: (Mark & { layer: number })[];
  x: Axis;
  y: Axis;
}

/** Key of a layer's value in a point. */
export const lineKey = (layer: number) => `layer${layer}`;

/** L2 norm of the gradient of each trainable layer (weight and bias together), ready for a log axis. */
export function gradientCurves(rows: readonly SeriesRow[], normSlots: readonly NormSlot[], smoothing: number): GradientCurves {
  const layers = trainableLayers(normSlots);
  const { steps, values } = thin(
    rows,
    layers.map(
      ({ slots }) =>
        (row) =>
          combinedNorm(row.norms, slots),
    ),
  );
  const smoothed = values.map((line) => smooth(line, smoothing, 'log').map((value) => drawable(value, 'log')));
  const points = steps.map((step, index) => {
    const point: PlotPoint = { step, index };
    smoothed.forEach((line, l) => (point[lineKey(l)] = line[index]));
    return point;
  });
  const marks = values.flatMap((line, layer) => marksOf(steps, line, 'log', 4).map((mark) => ({ ...mark, layer })));
  return { layers: layers.map(({ layer }) => layer), points, norms: values, marks, x: stepAxis(steps), y: decadeAxis(smoothed.flat()) };
}

/**
 * The layer whose line passes nearest to a place in the plot.
 * @param place both in 0..1, from the left and from the bottom of the plot
 * @param reach how far away, as a share of the plot's height, a line still counts as meant
 */
export function nearestLayer({ points, layers, x, y }: GradientCurves, place: { x: number; y: number }, reach = 0.12): number | null {
  if (points.length === 0) return null;
  const step = x.domain[0] + place.x * (x.domain[1] - x.domain[0]);
  const point = points.reduce((best, next) => (Math.abs(next.step - step) < Math.abs(best.step - step) ? next : best));
  const [low, high] = y.domain.map(Math.log10);
  let [nearest, least]: [number | null, number] = [null, reach];
  layers.forEach((_, layer) => {
    const value = point[lineKey(layer)];
    if (value === null) return;
    const distance = Math.abs((Math.log10(value) - low) / (high - low) - place.y);
    if (distance < least) [nearest, least] = [layer, distance];
  });
  return nearest;
}
