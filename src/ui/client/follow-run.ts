import { useRunStore, type RunStore } from '../stores/run-store';
import { LiveQuestions } from './live-questions';
import { redraws } from '../stores/redraws';

/** The live questions of the page, asked as the run goes on and while the page is in sight. */
export function createLiveQuestions(): { live: LiveQuestions; dispose(): void } {
  const live = new LiveQuestions({
    isTraining: () => useRunStore.getState().state === 'running',
    isHidden: () => document.hidden,
    now: () => performance.now(),
    slowedToMs: () => redraws.slowedToMs,
  });
  const unsubscribe = useRunStore.subscribe((state, before) => {
    if (isAnother(state, before)) live.changed(true);
    else if (state.step !== before.step) live.changed();
    else if (state.state !== before.state) live.schedule();
  });
  const onVisibility = () => live.schedule();
  document.addEventListener('visibilitychange', onVisibility);
  return {
    live,
    dispose() {
      unsubscribe();
      document.removeEventListener('visibilitychange', onVisibility);
    },
  };
}

const isAnother = (state: RunStore, before: RunStore) =>
  state.runId !== before.runId || state.networkIds !== before.networkIds || state.dataset !== before.dataset;
