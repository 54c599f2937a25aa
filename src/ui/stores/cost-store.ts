import { create } from 'zustand';
import type { NetworkCost } from '../../model/cost';

/**
 * What the network on the page would cost to train with the settings on the page; null where the
 * stack is not valid, or not yet.
 */
export const useCostStore = create<{ cost: NetworkCost | null }>()(() => ({ cost: null }));
