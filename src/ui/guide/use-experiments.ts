import { useState } from 'react';
import type { Weights } from '../../model/initialize';
import type { TrainSettings } from '../../model/settings';
import type { ModelSpec } from '../../model/spec';
import type { Playground } from '../playground-client';
import { specOf, useModelStore } from '../stores/model-store';
import { useRunStore } from '../stores/run-store';
import { usePlayground } from '../use-playground';
import type { Experiment } from './experiments';

/** What was on the page before an experiment. */
interface Before {
  experiment: Experiment;
  spec: ModelSpec;
  settings: TrainSettings;
  weights: Weights | null;
}

// Outside of the component: whoever looks at another view and comes back can still undo.
let kept: Before | null = null;

/** Doing an experiment, and undoing the last one. */
export function useExperiments() {
  const playground = usePlayground();
  const [before, setBefore] = useState(kept);
  const [busy, setBusy] = useState(false);
  const keep = (next: Before | null) => {
    kept = next;
    setBefore(next);
  };
  const guarded = async (work: () => Promise<void>) => {
    setBusy(true);
    await work().catch(playground.showProblem);
    setBusy(false);
  };
  return {
    /** The experiment that can be undone. */
    done: before?.experiment ?? null,
    busy,
    run: (experiment: Experiment) =>
      guarded(async () => {
        // Of several experiments in a row, undo leads back to what was there before the first.
        const first = kept ?? (await remember(playground, experiment));
        change(playground, experiment);
        await playground.applyModel();
        keep({ ...first, experiment });
        playground.play();
      }),
    undo: () =>
      guarded(async () => {
        if (!kept) return;
        await restore(playground, kept);
        keep(null);
      }),
  };
}

async function remember(playground: Playground, experiment: Experiment): Promise<Before> {
  const { settings } = useRunStore.getState();
  // A stack that is not valid has no weights of its own in training.
  const weights = useModelStore.getState().valid ? await playground.ask('getWeights', {}).catch(() => null) : null;
  return { experiment, spec: specOf(useModelStore.getState()), settings, weights };
}

function change(playground: Playground, { spec, settings }: Experiment): void {
  const { loadSpec, data } = useModelStore.getState();
  if (spec) loadSpec({ ...spec, input: data.shape });
  if (settings) playground.changeSettings(settings(useRunStore.getState().settings));
}

/** Network, settings and weights as they were, paused at step 0 of a new run. */
async function restore(playground: Playground, { spec, settings, weights }: Before): Promise<void> {
  await playground.pause();
  const store = useModelStore.getState();
  if (JSON.stringify(specOf(store)) !== JSON.stringify(spec)) store.loadSpec(spec);
  playground.changeSettings(settings);
  await playground.applyModel();
  if (weights) await playground.ask('setWeights', { weights });
}
