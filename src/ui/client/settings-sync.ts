import { changeSettings } from '../../model/settings';
import { useRunStore } from '../stores/run-store';
import type { Ask, KeepRunning } from './ask';
import type { Queue } from './queue';
import { showProblem } from './show-problem';

/** Keeps the worker's settings those of the run store. */
export function createSettingsSync(ask: Ask, queue: Queue, keepRunning: KeepRunning) {
  let pending = false;
  const send = () => {
    pending = false;
    return ask('configure', { settings: useRunStore.getState().settings });
  };
  return {
    /** Changes the settings in the store at once and in the worker soon after. @throws PlaygroundError naming the field. */
    change(change: unknown): void {
      const settings = changeSettings(useRunStore.getState().settings, change);
      useRunStore.setState({ settings });
      // The latest settings are sent when their turn comes: dragging a slider sends few messages.
      if (pending) return;
      pending = true;
      queue.add(() => keepRunning(send)).catch(showProblem);
    },
  };
}
