import { create } from 'zustand';
import type { Weights } from '../../../model/initialize';
import type { WeightSource } from '../../../train/wire/protocol';
import type { Playground } from '../../client/playground-client';
import { useModelStore, wholeStackOf } from '../../stores/model/model-store';
import { sourceOf } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { usePlayground } from '../../client/use-playground';
import { fitted, type Experiment } from './experiments';

/** The network on the page with its settings. */
const pageNow = () => ({ ...wholeStackOf(useModelStore.getState()), settings: useRunStore.getState().settings });
type Page = ReturnType<typeof pageNow>;

/** What was on the page before an experiment. */
interface Before {
  experiment: Experiment;
  page: Page;
  weights: Weights | null;
  /** Where these weights come from. */
  source: WeightSource;
}

/** Outlives the view: users who look at another view and come back can still undo. */
const useExperimentStore = create<{ before: Before | null; busy: boolean }>()(() => ({ before: null, busy: false }));

/** Runs an experiment, and undoes the last one. */
export function useExperiments() {
  const playground = usePlayground();
  /** The experiment that can be undone. */
  const done = useExperimentStore((state) => state.before?.experiment ?? null);
  const busy = useExperimentStore((state) => state.busy);
  const guarded = async (work: () => Promise<void>) => {
    useExperimentStore.setState({ busy: true });
    await work().catch(playground.showProblem);
    useExperimentStore.setState({ busy: false });
  };
  return {
    done,
    busy,
    run: (experiment: Experiment) =>
      guarded(async () => {
        // After several experiments in a row, undo restores what was there before the first.
        const first = useExperimentStore.getState().before ?? (await remember(playground, experiment));
        change(playground, experiment);
        await playground.applyModel();
        useExperimentStore.setState({ before: { ...first, experiment } });
        // A network that is too deep for the images is shown with its problem; the previous network
        // does not train in its place.
        if (useModelStore.getState().valid) playground.play();
      }),
    undo: () =>
      guarded(async () => {
        const { before } = useExperimentStore.getState();
        if (!before) return;
        await restore(playground, before);
        useExperimentStore.setState({ before: null });
      }),
  };
}

async function remember(playground: Playground, experiment: Experiment): Promise<Before> {
  const page = pageNow();
  // A stack that is not valid has no weights of its own in training.
  const weights = useModelStore.getState().valid ? await playground.ask('getWeights', {}).catch(() => null) : null;
  const run = useRunStore.getState();
  const source = sourceOf(run);
  // Trained further they are no longer those that were opened.
  return { experiment, page, weights, source: source && source !== 'restored' && run.step === 0 ? source : 'kept' };
}

function change(playground: Playground, { title, spec, settings }: Experiment): void {
  const { asOneStep, loadSpec, data } = useModelStore.getState();
  asOneStep(title.charAt(0).toLowerCase() + title.slice(1), () => {
    if (spec) loadSpec(fitted(spec, data));
    if (settings) playground.changeSettings(settings(useRunStore.getState().settings));
  });
}

/** Restores network, settings and weights, paused at step 0 of a new run. */
async function restore(playground: Playground, { page, weights, source }: Before): Promise<void> {
  await playground.pause();
  const { asOneStep, loadSpec } = useModelStore.getState();
  const { model, bypassed, settings } = page;
  const now = pageNow();
  asOneStep('undo the experiment', () => {
    const same = JSON.stringify([now.model, now.bypassed]) === JSON.stringify([model, bypassed]);
    if (!same) loadSpec(model, { bypassed });
    playground.changeSettings(settings);
  });
  await playground.applyModel(true, weights ? { weights, step: 0, source } : undefined);
}
