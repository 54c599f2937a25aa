import { reportOf, required } from '../../../errors';
import { resolveModel } from '../../../model/resolve';
import type { Playground } from '../../client/playground-client';
import { stagesOf } from './stages';
import { isStale, useStepStore } from './step-store';
import { useRunStore } from '../../stores/run-store';

type Ask = Pick<Playground, 'ask'>;

/** Takes the next batch and shows its first stage. If the worker refuses, the view shows why. */
export async function takeNextBatch({ ask }: Ask): Promise<void> {
  if (useStepStore.getState().busy) return;
  useStepStore.setState({ busy: 'trace', error: null, playing: false });
  try {
    const trace = await ask('trace', {});
    const model = resolveModel(trace.model);
    const images = required(trace.images.shape[0], 'number of images in the trace');
    const example = Math.min(useStepStore.getState().example, images - 1);
    useStepStore.setState({ trace, model, stages: stagesOf(model), update: null, updateRate: null, at: 0, example });
  } catch (error) {
    useStepStore.setState({ error: reportOf(error) });
  } finally {
    useStepStore.setState({ busy: null });
  }
}

/**
 * Shows another stage. The first visit to an update stage really trains the network on the batch;
 * going back afterwards shows the numbers from before and does not undo the training.
 */
export async function goToStage(playground: Ask, to: number): Promise<void> {
  const state = useStepStore.getState();
  const stage = state.stages[to];
  if (!stage || state.busy) return;
  if (stage.kind !== 'update' || state.update) return useStepStore.setState({ at: to, error: null });
  // The numbers can still be looked at, but this batch is no longer the next one to train on.
  if (isStale(state, useRunStore.getState())) return useStepStore.setState({ playing: false });
  await update(playground, to);
}

async function update({ ask }: Ask, to: number): Promise<void> {
  const { trace, at } = useStepStore.getState();
  if (!trace) return;
  useStepStore.setState({ busy: 'update', error: null, at: to });
  try {
    const { runId, step } = trace;
    const updateRate = useRunStore.getState().settings.optimizer.learningRate;
    useStepStore.setState({ update: await ask('updateOnTrace', { runId, step }), updateRate });
  } catch (error) {
    useStepStore.setState({ error: reportOf(error), at, playing: false });
  } finally {
    useStepStore.setState({ busy: null });
  }
}

/** Starts slow motion; from the beginning if the last stage is shown. */
export function playSlowly(playground: Ask): void {
  const { at, stages } = useStepStore.getState();
  useStepStore.setState({ playing: true });
  if (at === stages.length - 1) void goToStage(playground, 0);
}

export const pauseSlowMotion = () => useStepStore.setState({ playing: false });
