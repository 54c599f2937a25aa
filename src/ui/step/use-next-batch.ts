import { useEffect } from 'react';
import { useRunStore } from '../stores/run-store';
import { usePlayground } from '../use-playground';
import { takeNextBatch } from './step-actions';
import { isStale, useStepStore } from './step-store';

/** Takes the next batch when the view opens, and again whenever the network has moved on and rests. */
export function useNextBatch(): void {
  const playground = usePlayground();
  const runId = useRunStore((state) => state.runId);
  const resting = useRunStore((state) => isResting(state.state) && state.dataset !== null);
  const known = useRunStore((state) => Object.keys(state.networkIds).length > 0);
  useEffect(() => {
    const state = useStepStore.getState();
    if (!resting || !known || state.busy) return;
    if (!state.trace || isStale(state, useRunStore.getState())) void takeNextBatch(playground);
  }, [playground, resting, known, runId]);
}

const isResting = (state: string) => state === 'idle' || state === 'paused' || state === 'halted';
