import { reportOf } from '../../../errors';
import type { Playground } from '../../client/playground-client';
import { useGradientCheckStore } from '../../stores/gradient-check-store';
import { runIdOf, trainedIds } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';

/**
 * Checks the gradients of the network on the page and keeps the results in the store. Only one
 * check runs at a time. Never rejects.
 */
export async function runGradientCheck(
  playground: Pick<Playground, 'ask'>,
  now = () => performance.now(),
): Promise<void> {
  const store = useGradientCheckStore;
  if (store.getState().fraction !== null) return;
  store.setState({ fraction: 0, error: null, results: null });
  const started = now();
  // Which network is checked is known with the first progress report: before it, a change of the
  // stack may still be on its way, and after it, a new run may begin.
  let checked: ReturnType<typeof presentNetwork> | undefined;
  const stop = store.subscribe(() => (checked ??= presentNetwork()));
  try {
    const results = await playground.ask('checkGradients', {});
    store.setState({ results, seconds: (now() - started) / 1000, ...(checked ?? presentNetwork()) });
  } catch (error) {
    store.setState({ error: reportOf(error) });
  } finally {
    stop();
    store.setState({ fraction: null });
  }
}

function presentNetwork() {
  const run = useRunStore.getState();
  return {
    runId: runIdOf(run),
    uids: Object.fromEntries(Object.entries(trainedIds(run)).map(([uid, id]) => [id, uid])),
  };
}
