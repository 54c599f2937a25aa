import { create } from 'zustand';
import type { WeightName } from '../../../model/shape';
import type { QuantityName } from '../../parts/charts/quantities';

/** What the view shows. Outlives it. */
export interface GradientsStore {
  quantity: QuantityName;
  /** Tensor of the histograms, in layers that have it. */
  tensor: WeightName;
}

export const useGradientsStore = create<GradientsStore>()(() => ({ quantity: 'gradientNorm', tensor: 'weight' }));
