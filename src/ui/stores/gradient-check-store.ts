import { create } from 'zustand';
import type { ErrorReport } from '../../errors';
import type { GradientCheck } from '../../train/wire/protocol';

/** The state of a running gradient check, and the results of the last one. */
export interface GradientCheckState {
  /** The share of the running check that is done; null when none is running. */
  fraction: number | null;
  /** The results of the last check, in the order of the layers; null before the first check. */
  results: GradientCheck[] | null;
  /** The duration of the last check in seconds. */
  seconds: number;
  /** The run whose network was checked. */
  runId: number;
  /** The uids of the layers of the checked network, by layer id. */
  uids: Readonly<Record<string, string>>;
  /** Why the last check failed. */
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
