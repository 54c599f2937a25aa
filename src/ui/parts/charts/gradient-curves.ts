import type { NormSlot } from '../../../model/norm-slots';
import type { SeriesRow } from '../../kit/plot/series';
import { combinedNorm, groupSize, thin, trainableLayers, type LayerSlots } from '../../kit/plot/curves';
import type { LayerSeries } from './layer-curves';

/** The L2 norm of the gradient of each given layer. */
export function gradientSeries(rows: readonly SeriesRow[], layers: readonly LayerSlots[], most?: number): LayerSeries {
  const norms = layers.map(
    ({ slots }) =>
      (row: SeriesRow) =>
        combinedNorm(row.norms, slots),
  );
  return { layers: layers.map(({ layer }) => layer), ...thin(rows, norms, groupSize(rows, most)) };
}

/** The gradient norm of weight and bias together, for each trainable layer. */
export const trainedGradients = (
  rows: readonly SeriesRow[],
  normSlots: readonly NormSlot[],
  most?: number,
): LayerSeries => gradientSeries(rows, trainableLayers(normSlots), most);
