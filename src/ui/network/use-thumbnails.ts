import { useEffect } from 'react';
import { useImageStore } from '../prediction/image-store';
import { useRunStore } from '../stores/run-store';
import { usePlayground } from '../use-playground';
import { clearThumbnails, showThumbnails } from './thumbnail-store';

const REFRESH_MS = 500;

/**
 * Keeps the thumbnails up to date: twice a second while training, once after anything else that changes them (a step, a
 * reset, another network or image). Never asks again before the last answer is there.
 */
export function useThumbnails(): void {
  const playground = usePlayground();
  useEffect(() => {
    let stale = true;
    let asking = false;
    const refresh = async () => {
      const { dataset, networkIds } = useRunStore.getState();
      if (!stale || asking || document.hidden || !dataset || Object.keys(networkIds).length === 0) return;
      stale = false;
      asking = true;
      try {
        showThumbnails(await playground.thumbnails(useImageStore.getState().choice));
      } catch {
        // The network does not fit the data, or the row does not exist in it: no picture is better than one of something else.
        clearThumbnails();
      }
      asking = false;
    };
    const touch = () => {
      stale = true;
    };
    const stops = [
      useRunStore.subscribe((state, before) => {
        if (
          state.step !== before.step ||
          state.runId !== before.runId ||
          state.dataset !== before.dataset ||
          state.networkIds !== before.networkIds
        )
          touch();
      }),
      useImageStore.subscribe((state, before) => {
        if (state.choice === before.choice) return;
        touch();
        void refresh();
      }),
    ];
    const timer = setInterval(() => void refresh(), REFRESH_MS);
    void refresh();
    return () => {
      clearInterval(timer);
      for (const stop of stops) stop();
    };
  }, [playground]);
}
