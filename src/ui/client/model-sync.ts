import { layerIds } from '../../model/spec';
import type { Ask, KeepRunning } from './ask';
import type { Queue } from './queue';
import { showProblem } from './show-problem';
import { specOf, useModelStore } from '../stores/model-store';
import { useRunStore } from '../stores/run-store';

/** A change is sent when nothing more was changed for so long: a number being typed is not a dozen networks. */
const PAUSE_MS = 300;

/**
 * Sends the stack to the worker whenever it is valid and differs from what is trained. An invalid stack is not sent: the
 * last valid network stays in training while the person repairs it.
 * @param keepRunning wraps a change that begins a new run
 */
export function createModelSync(ask: Ask, queue: Queue, keepRunning: KeepRunning) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let applied = '';

  const send = async (force: boolean) => {
    const state = useModelStore.getState();
    const model = specOf(state);
    const text = JSON.stringify([model.input, model.layers]);
    if (!force && (!state.valid || text === applied)) return;
    const ids = layerIds(model.layers);
    await keepRunning(() => ask('setModel', { model }));
    applied = text;
    useRunStore.setState({ networkIds: Object.fromEntries(state.layers.map(({ uid }, i) => [uid, ids[i]])) });
  };

  /**
   * Sends the stack now, if it is new. Rejects with the worker's reason if it does not fit the machine.
   * @param force also one that is in training already, which begins a new run, or that does not fit the data: a script may
   * bring its own data afterwards
   */
  const apply = (force = false): Promise<void> => {
    clearTimeout(timer);
    return queue.add(() => send(force));
  };

  const unsubscribe = useModelStore.subscribe((state, before) => {
    if (state.layers === before.layers && state.input === before.input) return;
    clearTimeout(timer);
    timer = setTimeout(() => void apply().catch(showProblem), PAUSE_MS);
  });
  apply().catch(showProblem);

  return {
    apply,
    dispose() {
      clearTimeout(timer);
      unsubscribe();
    },
  };
}
