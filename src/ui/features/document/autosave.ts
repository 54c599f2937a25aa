import { PlaygroundError } from '../../../errors';
import { INTERVAL_MS } from '../../../pace';
import type { Playground } from '../../client/playground-client';
import { useImageStore } from '../../stores/image-store';
import { useStrokesStore } from '../../stores/strokes-store';
import { useModelStore } from '../../stores/model/model-store';
import { useNarrowStore } from '../../stores/narrow-store';
import { isRunning, runIdOf, sourceOf } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { useStageStore } from '../../stores/stage-store';
import { useViewStore } from '../../stores/view-store';
import { currentDocument } from './current-document';
import { useDocumentStore } from './document-store';
import type { Opening } from '../../client/opening-type';
import { currentHistory } from './page-history';
import { readPage, writePage, type PageRecord, type TextStorage } from './page-record';
import { writeRemovedWeights } from './run-record';
import { createRunSaver, type StoredRun } from './run-saver';

/** The page is stored when nothing has changed for this long. */
const PAUSE_MS = 300;

/**
 * Keeps the page and its run in the browser, so that a reload loses nothing. It stores network,
 * history, settings, view and drawing a moment after every change. It stores weights and curves
 * when training pauses, when the page is hidden, and every two to ten seconds of training. A reload
 * trains the steps after that again, see `catchUp`.
 */
export function startAutosave(playground: Playground, opening: Opening, storage: () => TextStorage): void {
  const reportStorage = createStorageReport();
  const runs = createRunSaver(playground, () => savePage(), reportStorage);
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** The revision of the stored weights of layers that edits removed. */
  let removedWeights = 0;
  const saveRemovedWeights = async () => {
    const found = await playground.ask('removedWeights', { since: removedWeights });
    if (!found || useDocumentStore.getState().leaving) return;
    removedWeights = found.revision;
    await writeRemovedWeights(found.layers);
  };

  const savePage = () => {
    clearTimeout(timer);
    timer = undefined;
    if (useDocumentStore.getState().leaving) return;
    try {
      writePage(storage, pageRecord(runs.saved()));
    } catch (error) {
      reportStorage(error);
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(savePage, PAUSE_MS);
  };
  const hide = () => {
    savePage();
    void runs.save();
  };
  const leave = () => {
    const run = readPage(storage)?.run;
    const ours = typeof run === 'object' && run.id === runs.saved()?.id;
    // Another tab may have stored its page in the meantime. Then this tab writes only if it has
    // changes that are not stored yet.
    if (timer !== undefined || (ours && run.step !== runs.saved()?.step)) savePage();
  };

  void opening.beginning.finally(() => {
    runs.begin(opening.stored());
    watchPage(later);
    // Somebody who came straight inside is not shown the first screen at the next visit.
    if (useStageStore.getState().stage === 'inside' && !readPage(storage)) later();
    // An edit begins a new run, and may have removed layers with weights.
    useRunStore.subscribe(
      (now, before) => runIdOf(now) !== runIdOf(before) && void saveRemovedWeights().catch(reportStorage),
    );
    document.addEventListener('visibilitychange', () => document.hidden && hide());
    window.addEventListener('pagehide', leave);
    setInterval(() => isRunning(useRunStore.getState()) && void runs.saveIfDue(), INTERVAL_MS.storing);
  });
}

/** Calls back whenever something changes that a {@link PageRecord} holds. */
function watchPage(changed: () => void): void {
  useModelStore.subscribe((now, before) => {
    const same = (['layers', 'input', 'inputScaling', 'name', 'selected', 'past', 'future'] as const).every(
      (field) => now[field] === before[field],
    );
    if (!same) changed();
  });
  useRunStore.subscribe((now, before) => {
    const same = now.settings === before.settings && now.datasetChoice === before.datasetChoice;
    if (!same || runIdOf(now) !== runIdOf(before)) changed();
  });
  useViewStore.subscribe(changed);
  useNarrowStore.subscribe(changed);
  useStageStore.subscribe(changed);
  useStrokesStore.subscribe((now, before) => now.strokes !== before.strokes && changed());
  useImageStore.subscribe((now, before) => now.source !== before.source && changed());
}

function pageRecord(run: StoredRun | null): PageRecord {
  return {
    document: currentDocument(),
    history: currentHistory(),
    view: useViewStore.getState().view,
    part: useNarrowStore.getState().part,
    ...(useStageStore.getState().stage === 'first' && { stage: 'first' }),
    strokes: [...useStrokesStore.getState().strokes],
    drawing: useImageStore.getState().source === 'drawing',
    run: run ?? (sourceOf(useRunStore.getState()) === 'pretrained' ? 'pretrained' : 'fresh'),
  };
}

/**
 * Makes a function that reports once that the storage is full or blocked. Only the next visit
 * suffers from that.
 */
function createStorageReport(): (error: unknown) => void {
  let shown = false;
  return (error) => {
    // A worker that died is reported elsewhere.
    if (shown || error instanceof PlaygroundError) return;
    shown = true;
    const reason = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
    const what = `this browser does not keep the page (${reason}): a reload starts over.`;
    useDocumentStore.setState({ storage: { what, where: {}, remedy: 'To keep your network, save it as a file.' } });
  };
}
