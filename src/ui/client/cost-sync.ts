import type { NetworkCost } from '../../model/cost';
import { useCostStore } from '../stores/cost-store';
import { specOf, useModelStore, type ModelState } from '../stores/model/model-store';
import { useRunStore } from '../stores/run-store';
import type { Ask } from './ask';

/**
 * A number being typed is not a dozen questions; shorter than the pause before the network is sent,
 * so that the answer is there first.
 */
const PAUSE_MS = 120;

const isWhole = ({ reports }: ModelState) => reports.length > 0 && reports.every(({ resolved }) => resolved);

/**
 * Asks the worker what training the network and the settings on the page would cost, after each
 * change of them, and keeps the answer in the cost store. They need not be what is trained.
 * @param resend called when what was too large fits again: the worker had refused it
 */
export function createCostSync(ask: Ask, resend: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;
  let refused: NetworkCost['problem'] = null;

  const update = async () => {
    const thisTurn = ++turn;
    const state = useModelStore.getState();
    const { backend, settings } = useRunStore.getState();
    // What is wrong with a network is said where it is wrong; a failure of the worker is shown by
    // whoever changes something.
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
    dispose() {
      clearTimeout(timer);
      turn++;
      for (const stop of unsubscribe) stop();
    },
  };
}

/** Takes the worker's refusal from the page when there is nothing to refuse any more. */
function forget(what: string): void {
  if (useRunStore.getState().problem?.error.what === what) useRunStore.setState({ problem: null });
}
