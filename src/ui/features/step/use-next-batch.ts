import { useEffect, useRef } from 'react';
import { hasNetwork, isTraining, runIdOf } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { usePlayground } from '../../client/use-playground';
import { takeNextBatch } from './step-actions';
import { isStale, useStepStore } from './step-store';

/**
 * Takes the next batch when the view opens, and again whenever the network has trained on and
 * stopped.
 */
export function useNextBatch(): void {
  const playground = usePlayground();
  const runId = useRunStore(runIdOf);
  const resting = useRunStore((state) => !isTraining(state) && state.dataset !== null);
  const known = useRunStore(hasNetwork);
  // A run that begins while a batch is being traced gets its turn afterwards.
  const tracing = useStepStore((state) => state.busy === 'trace');
  // The run that was last asked for a batch since it stopped. If the worker refused, only the user
  // asks again.
  const asked = useRef<number | null>(null);
  useEffect(() => {
    if (!resting) asked.current = null;
    const state = useStepStore.getState();
    if (!resting || !known || tracing || state.busy || asked.current === runId) return;
    if (state.trace && !isStale(state, useRunStore.getState())) return;
    asked.current = runId;
    void takeNextBatch(playground);
  }, [playground, resting, known, runId, tracing]);
}
