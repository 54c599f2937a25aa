import { create } from 'zustand';

/** Whether the pixels that matter are marked in what the network sees. */
export const useSaliencyStore = create<{ on: boolean }>()(() => ({ on: false }));
