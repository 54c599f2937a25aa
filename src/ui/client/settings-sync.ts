import { changeSettings } from '../../model/settings';
import { useRunStore } from '../stores/run-store';
import type { Ask, KeepRunning } from './ask';
import type { Queue } from './queue';
import { showProblem } from './show-problem';

/** Keeps the worker's settings those of the run store. */
export function createSettingsSync(ask: Ask, queue: Queue, keepRunning: KeepRunning) {
  let pending = false;
  /** The worker went on with the settings before. */
  let refused = false;
  const send = async () => {
    pending = false;
    refused = true;
    await ask('configure', { settings: useRunStore.getState().settings });
    refused = false;
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
    /**
     * Settings that were refused are asked for once more: another network may have come since.
     * @throws the refusal, if they still are: what the page does not show is not to be trained with.
     */
    async requireAccepted(): Promise<void> {
      if (refused) await queue.add(send);
    },
  };
}
