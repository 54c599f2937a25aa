import type { Playground } from '../../client/playground-client';
import { useRunStore } from '../../stores/run-store';
import { useWeightsStore } from '../../stores/weights-store';
import type { Opening } from '../../client/opening-type';

/**
 * Trains again what came after the weights of the last visit were stored: the same steps from the
 * same weights, with the live settings that each step had, give the same bits. Pausing ends it, as
 * it ends any training.
 */
export async function catchUp(
  { ask, trainFor }: Pick<Playground, 'ask' | 'trainFor'>,
  { beginning }: Opening,
): Promise<void> {
  await beginning.catch(() => null);
  const { restoredStep, reachedStep } = useWeightsStore.getState();
  try {
    if (reachedStep > restoredStep) await trainAgain({ ask, trainFor });
  } finally {
    const { source, step } = useRunStore.getState();
    useWeightsStore.setState({
      reachedStep: 0,
      replay: [],
      ...(source === 'restored' && { restoredStep: Math.max(step, restoredStep) }),
    });
  }
}

async function trainAgain({ ask, trainFor }: Pick<Playground, 'ask' | 'trainFor'>) {
  const { restoredStep, reachedStep, replay } = useWeightsStore.getState();
  // The images come first; something else may be begun meanwhile.
  const { step } = await ask('snapshot', {});
  const { state, waiting, source } = useRunStore.getState();
  if (state === 'running' || waiting || source !== 'restored' || step !== restoredStep) return;
  await trainFor({ steps: reachedStep - step, replay });
}
