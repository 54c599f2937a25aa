import { create } from 'zustand';
import type { ErrorReport } from '../../errors';
import type { GradientCheck } from '../../train/wire/protocol';

/** The gradient check of the page: the one under way, and what the last one found. */
export interface GradientCheckState {
  /** Share of the check under way that is done; null when none is. */
  fraction: number | null;
  /** Of the last check, in the order of the layers; null before the first. */
  results: GradientCheck[] | null;
  /** How long it took, in seconds. */
  seconds: number;
  /** Run whose network was checked. */
  runId: number;
  /** uids of the layers of the network that was checked, by id. */
  uids: Readonly<Record<string, string>>;
  /** Why the last check could not be done. */
  error: ErrorReport | null;
}

export const useGradientCheckStore = create<GradientCheckState>()(() => ({
  fraction: null,
  results: null,
  seconds: 0,
  runId: 0,
  uids: {},
  error: null,
}));
