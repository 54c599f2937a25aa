import type { Playground } from '../../client/playground-client';
import { isTraining, sourceOf } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { useWeightsStore } from '../../stores/weights-store';
import type { Opening } from '../../client/opening-type';

/**
 * Trains the steps again that came after the last stored weights. The same steps from the same
 * weights, with the live settings that each step had, give the same bits. Pausing ends this
 * training like any other.
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
    const run = useRunStore.getState();
    useWeightsStore.setState({
      reachedStep: 0,
      replay: [],
      ...(sourceOf(run) === 'restored' && { restoredStep: Math.max(run.step, restoredStep) }),
    });
  }
}

async function trainAgain({ ask, trainFor }: Pick<Playground, 'ask' | 'trainFor'>) {
  const { restoredStep, reachedStep, replay } = useWeightsStore.getState();
  // The images have to arrive first, and the user may begin something else meanwhile.
  const { step } = await ask('snapshot', {});
  const run = useRunStore.getState();
  if (isTraining(run) || sourceOf(run) !== 'restored' || step !== restoredStep) return;
  await trainFor({ steps: reachedStep - step, replay });
}
