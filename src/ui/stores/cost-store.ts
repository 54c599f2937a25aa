import { create } from 'zustand';
import type { NetworkCost } from '../../model/cost';

/**
 * The cost of training the network on the page with the settings on the page. Null while the stack
 * is not valid, and before the cost is first computed.
 */
export const useCostStore = create<{ cost: NetworkCost | null }>()(() => ({ cost: null }));
