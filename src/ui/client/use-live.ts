import { useEffect, useRef, useState } from 'react';
import { reportOf, type ErrorReport } from '../../errors';
import { usePlayground } from './use-playground';
import { redraws } from '../stores/redraws';

/** The last answer, or why there is none. Both stay until the next answer comes. */
export interface Live<T> {
  value: T | null;
  error: ErrorReport | null;
}

/**
 * Keeps an answer of the worker up to date: at once when the question changes or a paused run does,
 * and while it trains as often as the budget of the page allows (see LiveQuestions). One answer at
 * a time is on its way: questions that change quickly do not pile up.
 * @param ask the question, the same function as long as it is the same question; null while there
 * is nothing to ask
 * @param refreshMs the least time between an answer and asking again while the network trains
 */
export function useLive<T>(ask: (() => Promise<T>) | null, refreshMs: number): Live<T> {
  const { live } = usePlayground();
  const [shown, show] = useState<Live<T>>({ value: null, error: null });
  // The answer under way, of this question or the one before.
  const open = useRef<Promise<unknown>>(Promise.resolve());
  useEffect(() => {
    if (!ask) return;
    let stopped = false;
    const stop = live.follow({
      refreshMs,
      async ask() {
        await open.current;
        if (stopped) return;
        const answering = ask().then(
          (value): Live<T> => ({ value, error: null }),
          (error: unknown): Live<T> => ({ value: null, error: reportOf(error) }),
        );
        open.current = answering;
        const answer = await answering;
        if (!stopped)
          redraws.draw(() => show((before) => ({ value: answer.value ?? before.value, error: answer.error })));
      },
    });
    return () => {
      stopped = true;
      stop();
    };
  }, [ask, refreshMs, live]);
  return shown;
}
