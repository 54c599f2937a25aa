import { PlaygroundError } from '../../errors';
import type { Playground } from '../playground-client';
import { useImageStore } from '../prediction/image-store';
import { useStrokesStore } from '../prediction/strokes-store';
import { useDiagnosticsStore } from '../stores/diagnostics-store';
import { specOf, useModelStore } from '../stores/model-store';
import { useRunStore } from '../stores/run-store';
import { useSeriesStore } from '../stores/series-store';
import { useViewStore } from '../stores/view-store';
import { useWeightsStore } from '../stores/weights-store';
import { currentDocument } from './current-document';
import { useDocumentStore } from './document-store';
import type { Opening } from './opening';
import { writePage, type PageRecord, type TextStorage } from './page-record';
import { runKey, writeRun } from './run-record';

/** The page is written when nothing more was changed for so long. */
const PAUSE_MS = 300;
/** Training that a crash may cost. */
const INTERVAL_MS = 10_000;

/**
 * Keeps the page and its run in the browser, so that a reload loses nothing: network, settings, view and drawing a moment after
 * every change; weights and curves when training pauses, when the page is hidden, and every ten seconds of training.
 */
export function startAutosave(playground: Playground, opening: Opening, storage: () => TextStorage): void {
  const runs = createRunSaver(playground, () => savePage());
  let timer: ReturnType<typeof setTimeout> | undefined;

  const savePage = () => {
    clearTimeout(timer);
    timer = undefined;
    if (useDocumentStore.getState().leaving) return;
    attempt(() => writePage(storage, pageRecord(runs.savedId())));
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(savePage, PAUSE_MS);
  };
  const leave = () => {
    savePage();
    void runs.save();
  };

  void opening.beginning.finally(() => {
    runs.begin(opening.stored());
    watchPage(later);
    document.addEventListener('visibilitychange', () => document.hidden && leave());
    // Only if it has not been written yet: another tab may have written since.
    window.addEventListener('pagehide', () => timer !== undefined && savePage());
    setInterval(() => useRunStore.getState().state === 'running' && void runs.save(), INTERVAL_MS);
  });
}

/** Calls back whenever something changes that a {@link PageRecord} holds. */
function watchPage(changed: () => void): void {
  useModelStore.subscribe((now, before) => {
    if (now.layers !== before.layers || now.input !== before.input || now.name !== before.name) changed();
  });
  useRunStore.subscribe((now, before) => {
    if (now.settings !== before.settings || now.datasetChoice !== before.datasetChoice || now.runId !== before.runId) changed();
  });
  useViewStore.subscribe(changed);
  useStrokesStore.subscribe((now, before) => now.strokes !== before.strokes && changed());
  useImageStore.subscribe((now, before) => now.source !== before.source && changed());
}

function pageRecord(savedId: string | null): PageRecord {
  return {
    document: currentDocument(),
    view: useViewStore.getState().view,
    strokes: [...useStrokesStore.getState().strokes],
    drawing: useImageStore.getState().source === 'drawing',
    run: savedId ? { id: savedId } : useRunStore.getState().source === 'pretrained' ? 'pretrained' : 'fresh',
  };
}

/** Stores the run whenever it is worth it, one time after the other. */
function createRunSaver(playground: Playground, saved: () => void) {
  /** The stored run, while it is the one on the page. */
  let present: { runId: number; id: string; step: number } | null = null;
  let saving = false;

  const isSaved = ({ runId, step } = useRunStore.getState()) => present?.runId === runId && present.step === step;

  const save = async () => {
    const { state, source, step, runId } = useRunStore.getState();
    const worth = step > 0 || (source !== null && source !== 'pretrained');
    if (saving || !worth || isSaved() || state === 'starting' || useDocumentStore.getState().leaving) return;
    saving = true;
    try {
      const snapshot = await playground.snapshot();
      const run = useRunStore.getState();
      if (snapshot.runId !== run.runId) return;
      const model = run.trained ?? specOf(useModelStore.getState());
      const key = runKey(model, run.settings);
      const id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
      const { evaluations, lastEvaluation } = run;
      const { step: at, weights, optimizer } = snapshot;
      const curves = { series: useSeriesStore.getState().record(), diagnostics: useDiagnosticsStore.getState().record() };
      await writeRun({ version: 1, id, key, model, step: at, weights, optimizer, ...curves, evaluations, lastEvaluation });
      present = { runId, id, step: at };
      saved();
    } catch (error) {
      sayOnce(error);
    } finally {
      saving = false;
    }
  };

  return {
    save,
    /** Id of the stored run, if it is the one on the page. */
    savedId: () => (present?.runId === useRunStore.getState().runId ? present.id : null),
    /** @param id of the stored run that goes on */
    begin(id: string | null) {
      useRunStore.subscribe((now, before) => {
        const begins = now.runId !== before.runId;
        // The run that is restored begins anew when the images arrive.
        const goesOn = id && now.source === 'restored';
        if (begins) present = goesOn ? { runId: now.runId, id, step: useWeightsStore.getState().restoredStep } : null;
        const stopped = before.state === 'running' && now.state !== 'running';
        if (stopped || (begins && !goesOn)) void save();
      });
    },
  };
}

function attempt(write: () => void): void {
  try {
    write();
  } catch (error) {
    sayOnce(error);
  }
}

let said = false;

/** Storage that is full or blocked harms nothing but the next visit. */
function sayOnce(error: unknown): void {
  // A worker that died is told elsewhere.
  if (said || error instanceof PlaygroundError) return;
  said = true;
  const reason = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
  const what = `this browser does not keep the page (${reason}): a reload begins anew.`;
  useDocumentStore.setState({ storage: { what, where: {}, remedy: 'To keep your network, save it as a file.' } });
}
