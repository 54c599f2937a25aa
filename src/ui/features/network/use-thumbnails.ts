import { useEffect } from 'react';
import { REFRESH_MS } from '../../../pace';
import { redraws } from '../../stores/redraws';
import { useImageStore } from '../../stores/image-store';
import { hasNetwork } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { usePlayground } from '../../client/use-playground';
import { clearThumbnails, showThumbnails } from './thumbnail-store';

/**
 * Keeps the thumbnails up to date. It does not use `useLive`: each layer's card takes its own
 * picture from the store, and nothing else renders.
 */
export function useThumbnails(): void {
  const playground = usePlayground();
  const choice = useImageStore((state) => state.choice);
  const ready = useRunStore((state) => state.dataset !== null && hasNetwork(state));
  useEffect(() => {
    if (!ready) return;
    let stopped = false;
    const stop = playground.live.follow({
      refreshMs: REFRESH_MS.thumbnails,
      async ask() {
        try {
          const thumbnails = await playground.thumbnails(choice);
          if (!stopped) redraws.draw(() => showThumbnails(thumbnails));
        } catch {
          // The network does not fit the data, or the data has no such image: showing none is
          // better than showing a wrong one.
          if (!stopped) clearThumbnails();
        }
      },
    });
    return () => {
      stopped = true;
      stop();
    };
  }, [playground, choice, ready]);
}
