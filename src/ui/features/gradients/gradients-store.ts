import { create } from 'zustand';
import type { WeightName } from '../../../model/shape';
import type { QuantityName } from '../../parts/charts/quantities';

/** What the view shows. The store outlives the view. */
export interface GradientsStore {
  quantity: QuantityName;
  /** The tensor whose histograms are shown, for layers that have it. */
  tensor: WeightName;
}

export const useGradientsStore = create<GradientsStore>()(() => ({ quantity: 'gradientNorm', tensor: 'weight' }));
