import { liveChangesAfter } from '../../../model/live-settings';
import { BUDGETS, pauseAfter } from '../../../pace';
import { specOf, useModelStore } from '../../stores/model/model-store';
import { useDiagnosticsStore } from '../../stores/diagnostics-store';
import { faultOf, isRunning, runIdOf, sourceOf, trainedSpec } from '../../stores/run-machine/selectors';
import { useRunStore, type RunStore } from '../../stores/run-store';
import { useSeriesStore } from '../../stores/series-store';
import { useWeightsStore } from '../../stores/weights-store';
import type { Playground } from '../../client/playground-client';
import { useDocumentStore } from './document-store';
import type { PageRecord } from './page-record';
import { runKey, writeRun } from './run-record';

/** The id of a run in the store, and the step that it has reached by now. */
export type StoredRun = Exclude<PageRecord['run'], string>;

/**
 * Stores the run whenever it has something worth storing, and never twice at the same time.
 * @param saved called each time the run has been stored
 */
export function createRunSaver(playground: Playground, saved: () => void, failed: (error: unknown) => void) {
  /** The stored run, if it is the one on the page. */
  let present: { runId: number; id: string; step: number } | null = null;
  let saving = false;
  /** Whether another save was requested while one was under way. */
  let again = false;
  /** Whether the optimizer was reset after the run was stored, at the stored step. */
  let outdated = false;
  let dueAt = 0;

  const isSaved = (run: RunStore) => !outdated && present?.runId === runIdOf(run) && present.step === run.step;

  const save = async () => {
    const asked = useRunStore.getState();
    const [runId, source] = [runIdOf(asked), sourceOf(asked)];
    const worth = asked.step > 0 || (source !== null && source !== 'pretrained');
    if (!worth || isSaved(asked) || useDocumentStore.getState().leaving) return;
    if (saving) return void (again = true);
    saving = true;
    again = outdated = false;
    const begun = performance.now();
    try {
      const snapshot = await playground.snapshot();
      const run = useRunStore.getState();
      if (snapshot.runId !== runIdOf(run)) return;
      const model = trainedSpec(run) ?? specOf(useModelStore.getState());
      const key = runKey(model, run.settings);
      const id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
      const { evaluations, lastEvaluation } = run;
      const { step: at, weights, optimizer } = snapshot;
      const curves = {
        series: useSeriesStore.getState().record(),
        diagnostics: useDiagnosticsStore.getState().record(),
      };
      await writeRun({
        version: 1,
        id,
        key,
        model,
        step: at,
        weights,
        optimizer,
        ...curves,
        evaluations,
        lastEvaluation,
      });
      present = { runId, id, step: at };
      saved();
    } catch (error) {
      failed(error);
    } finally {
      saving = false;
      const now = performance.now();
      dueAt = now + pauseAfter(now - begun, BUDGETS.storing);
      if (again) void save();
    }
  };

  return {
    save,
    saveIfDue: () => (performance.now() >= dueAt ? save() : undefined),
    /** The stored run, if it is the one on the page. */
    saved(): StoredRun | null {
      const run = useRunStore.getState();
      if (present === null || present.runId !== runIdOf(run)) return null;
      const { reachedStep, replay } = useWeightsStore.getState();
      // The step that the last visit had reached counts until it is trained again.
      const trainsAgain = sourceOf(run) === 'restored' && reachedStep > run.step;
      const changes = liveChangesAfter(trainsAgain ? replay : run.liveChanges, present.step);
      return {
        id: present.id,
        step: trainsAgain ? reachedStep : run.step,
        ...(changes.length > 0 && { liveChanges: changes }),
      };
    },
    /** @param id the stored run that continues; null if none does */
    begin(id: string | null) {
      useRunStore.subscribe((now, last) => {
        const runId = runIdOf(now);
        const begins = runId !== runIdOf(last);
        // A restored run begins again when the images arrive.
        const goesOn = id && sourceOf(now) === 'restored';
        if (begins) present = goesOn ? { runId, id, step: useWeightsStore.getState().restoredStep } : null;
        if (begins) dueAt = 0;
        const stopped = isRunning(last) && !isRunning(now);
        // When a halted run becomes playable again, it continues with an optimizer that was reset.
        const revived = !begins && faultOf(last) !== null && faultOf(now) === null;
        if (revived) outdated = true;
        if (stopped || revived || (begins && !goesOn)) void save();
      });
    },
  };
}
