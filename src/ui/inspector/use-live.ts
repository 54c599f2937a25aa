import { useEffect, useRef, useState } from 'react';
import { reportOf, type ErrorReport } from '../../errors';
import { useRunStore } from '../stores/run-store';

/** The last answer, or why there is none. Both stay until the next answer comes. */
export interface Live<T> {
  value: T | null;
  error: ErrorReport | null;
}

/**
 * Keeps an answer of the worker up to date: at once when the question changes or a paused run does, and every `refreshMs`
 * while it trains. One question at a time, and never more than a quarter of the worker's time for it.
 * @param ask the question, the same function as long as it is the same question; null while there is nothing to ask
 */
export function useLive<T>(ask: (() => Promise<T>) | null, refreshMs: number): Live<T> {
  const [live, setLive] = useState<Live<T>>({ value: null, error: null });
  // The answer under way, of this question or the one before: questions that change quickly do not pile up.
  const open = useRef<Promise<unknown>>(Promise.resolve());
  useEffect(() => (ask ? follow(ask, refreshMs, open, setLive) : undefined), [ask, refreshMs]);
  return live;
}

/** Asks until the returned function is called. */
function follow<T>(
  ask: () => Promise<T>,
  refreshMs: number,
  open: { current: Promise<unknown> },
  show: (change: (before: Live<T>) => Live<T>) => void,
): () => void {
  let [stopped, stale, asking, restUntil] = [false, true, false, 0];
  const refresh = async () => {
    if (stopped || !stale || asking || document.hidden) return;
    asking = true;
    await open.current;
    if (stopped) return;
    stale = false;
    const began = performance.now();
    const answering = ask().then(
      (value): Live<T> => ({ value, error: null }),
      (error: unknown): Live<T> => ({ value: null, error: reportOf(error) }),
    );
    open.current = answering;
    const answer = await answering;
    asking = false;
    restUntil = performance.now() + 3 * (performance.now() - began);
    if (stopped) return;
    show((before) => ({ value: answer.value ?? before.value, error: answer.error }));
    if (!isTraining()) void refresh();
  };
  const unsubscribe = useRunStore.subscribe((state, before) => {
    const changed =
      state.step !== before.step ||
      state.runId !== before.runId ||
      state.networkIds !== before.networkIds ||
      state.dataset !== before.dataset;
    if (changed) stale = true;
    if (!isTraining()) void refresh();
  });
  const timer = setInterval(() => performance.now() > restUntil && void refresh(), refreshMs);
  void refresh();
  return () => {
    stopped = true;
    unsubscribe();
    clearInterval(timer);
  };
}

const isTraining = () => useRunStore.getState().state === 'running';
