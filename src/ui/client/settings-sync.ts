import { changeSettings } from '../../model/settings';
import { useModelStore } from '../stores/model/model-store';
import { dispatchRun, useRunStore } from '../stores/run-store';
import type { Ask, ResumeAfter } from './ask';
import type { Queue } from './queue';
import { showProblem } from '../stores/show-problem';

/**
 * Keeps the worker's settings those of the run store, whoever changes them there: a form, a script,
 * undo.
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
    // The latest settings are sent when their turn comes: dragging a slider sends few messages.
    if (settings === before.settings || pending) return;
    pending = true;
    queue.add(() => resumeAfter(send)).catch(showProblem);
  });
  return {
    /**
     * Changes the settings on the page at once, as a step that can be undone, and in the worker
     * soon after. @throws PlaygroundError naming the field.
     */
    change(change: unknown): void {
      useModelStore.getState().setSettings(changeSettings(useRunStore.getState().settings, change));
    },
    /**
     * Settings that were refused are asked for once more: another network may have come since.
     * @throws the refusal, if they still are: what the page does not show is not to be trained
     * with.
     */
    async requireAccepted(): Promise<void> {
      const { settings, machine } = useRunStore.getState();
      if (machine.run.settings !== settings) await queue.add(send);
    },
    dispose: unsubscribe,
  };
}
