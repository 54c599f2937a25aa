import { changeSettings } from '../../model/settings';
import { useModelStore } from '../stores/model/model-store';
import { dispatchRun, useRunStore } from '../stores/run-store';
import type { Ask, ResumeAfter } from './ask';
import type { Queue } from './queue';
import { showProblem } from '../stores/show-problem';

/**
 * Sends the settings of the run store to the worker whenever they change, no matter whether a form,
 * a script or undo changes them.
 */
export function createSettingsSync(ask: Ask, queue: Queue, resumeAfter: ResumeAfter) {
  let pending = false;
  const send = async () => {
    pending = false;
    const { settings } = useRunStore.getState();
    await ask('configure', { settings });
    dispatchRun({ type: 'settings', settings });
  };
  const unsubscribe = useRunStore.subscribe(({ settings }, before) => {
    // Sends the settings that are current when their turn in the queue comes, so that dragging a
    // slider sends few messages.
    if (settings === before.settings || pending) return;
    pending = true;
    queue.add(() => resumeAfter(send)).catch(showProblem);
  });
  return {
    /**
     * Changes the settings on the page at once, as an undoable step, and in the worker soon after.
     * @throws PlaygroundError naming the field
     */
    change: (change: unknown): void => {
      useModelStore.getState().setSettings(changeSettings(useRunStore.getState().settings, change));
    },
    /**
     * Sends refused settings once more, because the network may have changed since.
     * @throws the refusal, if the worker refuses again: it would otherwise train with settings that
     * the page does not show
     */
    async requireAccepted(): Promise<void> {
      const { settings, machine } = useRunStore.getState();
      if (machine.run.settings !== settings) await queue.add(send);
    },
    dispose: unsubscribe,
  };
}
