import { useEffect, useRef, useState } from 'react';
import { reportOf, type ErrorReport } from '../../errors';
import { usePlayground } from './use-playground';
import { redraws } from '../stores/redraws';

/** The last answer, or the reason why there is none. Both stay until the next answer arrives. */
export interface Live<T> {
  value: T | null;
  error: ErrorReport | null;
}

/**
 * Keeps an answer of the worker up to date. Asks at once when the question or a paused run changes,
 * and during training as often as the page's budget allows (see LiveQuestions). Only one answer at
 * a time is under way, so questions that change quickly do not pile up.
 * @param ask the question. Must stay the same function as long as the question is the same; null
 * while there is nothing to ask
 * @param refreshMs the shortest time from an answer to the next question while the network trains
 */
export function useLive<T>(ask: (() => Promise<T>) | null, refreshMs: number): Live<T> {
  const { live } = usePlayground();
  const [shown, show] = useState<Live<T>>({ value: null, error: null });
  // The answer under way, to this question or to the one before.
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
