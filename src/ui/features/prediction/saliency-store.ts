import { create } from 'zustand';

/** Whether to mark the pixels that matter in the network's input image. */
export const useSaliencyStore = create<{ on: boolean }>()(() => ({ on: false }));
