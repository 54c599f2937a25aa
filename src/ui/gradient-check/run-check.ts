import { reportOf } from '../../errors';
import type { Playground } from '../playground-client';
import { useGradientCheckStore } from '../stores/gradient-check-store';
import { useRunStore } from '../stores/run-store';

/** Checks the gradients of the network on the page and keeps what comes of it in the store. One check at a time; never rejects. */
export async function runGradientCheck(playground: Pick<Playground, 'ask'>, now = () => performance.now()): Promise<void> {
  const store = useGradientCheckStore;
  if (store.getState().fraction !== null) return;
  store.setState({ fraction: 0, error: null });
  const started = now();
  try {
    const results = await playground.ask('checkGradients', {});
    const { networkIds, runId } = useRunStore.getState();
    const uids = Object.fromEntries(Object.entries(networkIds).map(([uid, id]) => [id, uid]));
    store.setState({ results, seconds: (now() - started) / 1000, runId, uids });
  } catch (error) {
    store.setState({ error: reportOf(error) });
  } finally {
    store.setState({ fraction: null });
  }
}
