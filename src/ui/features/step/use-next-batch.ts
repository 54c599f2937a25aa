import { useEffect, useRef } from 'react';
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
  const runId = useRunStore((state) => state.runId);
  const resting = useRunStore((state) => isResting(state.state) && state.dataset !== null);
  const known = useRunStore((state) => Object.keys(state.networkIds).length > 0);
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

const isResting = (state: string) => state === 'idle' || state === 'paused' || state === 'halted';
