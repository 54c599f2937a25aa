import { isRunning, runIdOf } from '../stores/run-machine/selectors';
import { useRunStore, type RunStore } from '../stores/run-store';
import { LiveQuestions } from './live-questions';
import { redraws } from '../stores/redraws';

/**
 * Creates the page's live questions. They are asked while the run changes and the page is visible.
 */
export function createLiveQuestions(): { live: LiveQuestions; dispose: () => void } {
  const live = new LiveQuestions({
    isTraining: () => isRunning(useRunStore.getState()),
    isHidden: () => document.hidden,
    now: () => performance.now(),
    slowedToMs: () => redraws.slowedToMs,
  });
  const unsubscribe = useRunStore.subscribe((state, before) => {
    if (isAnother(state, before)) live.changed(true);
    else if (state.step !== before.step) live.changed();
    else if (isRunning(state) !== isRunning(before)) live.schedule();
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
  runIdOf(state) !== runIdOf(before) ||
  state.machine.run.network !== before.machine.run.network ||
  state.dataset !== before.dataset;
