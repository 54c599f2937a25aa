import type { NetworkCost } from '../../model/cost';
import { isSound } from '../../model/resolve';
import { useCostStore } from '../stores/cost-store';
import { specOf, useModelStore, type ModelState } from '../stores/model/model-store';
import { useRunStore } from '../stores/run-store';
import type { Ask } from './ask';

/**
 * The worker is asked only after this pause, so that typing a number does not cause a dozen
 * questions. It is shorter than the pause before the network is sent, so that the answer arrives
 * first.
 */
const PAUSE_MS = 120;

const isWhole = ({ reports }: ModelState) => reports.length > 0 && reports.every(isSound);

/**
 * Keeps the cost store up to date: after each change, asks the worker what training the network and
 * the settings on the page would cost. They may differ from the network and settings in training.
 * @param resend called when the worker had refused something as too large and it now fits
 */
export function createCostSync(ask: Ask, resend: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;
  let refused: NetworkCost['problem'] = null;

  const update = async () => {
    const thisTurn = ++turn;
    const state = useModelStore.getState();
    const { backend, settings } = useRunStore.getState();
    // Errors are ignored here: the builder shows what is wrong with a network, and the code that
    // changes something shows a failure of the worker.
    const cost =
      backend && isWhole(state) ? await ask('estimate', { model: specOf(state), settings }).catch(() => null) : null;
    if (thisTurn !== turn) return;
    useCostStore.setState({ cost });
    if (!cost) return;
    if (refused && !cost.problem) {
      forget(refused.what);
      resend();
    }
    refused = cost.problem;
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void update(), PAUSE_MS);
  };
  const unsubscribe = [
    useModelStore.subscribe((state, before) => {
      if (state.layers !== before.layers || state.input !== before.input) later();
    }),
    useRunStore.subscribe((state, before) => {
      if (state.settings !== before.settings || state.backend !== before.backend || state.adapter !== before.adapter)
        later();
    }),
  ];

  return {
    dispose: () => {
      clearTimeout(timer);
      turn++;
      for (const stop of unsubscribe) stop();
    },
  };
}

/** Removes the worker's refusal from the page, because what was refused now fits. */
function forget(what: string): void {
  if (useRunStore.getState().problem?.error.what === what) useRunStore.setState({ problem: null });
}
