import type { RunMachine, TrainedRun } from './states';
import { FIRST_STATE } from './transition';

/** A page at rest with this run. */
export const restingWith = (run: Partial<TrainedRun>): RunMachine => ({
  ...FIRST_STATE,
  run: { ...FIRST_STATE.run, ...run },
});
