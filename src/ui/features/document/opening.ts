import { DEFAULT_DATASET } from '../../../data/sets';
import { liveChangesAfter } from '../../../model/live-settings';
import type { ModelSpec } from '../../../model/spec';
import type { Beginning } from '../../client/model-sync';
import type { Opening } from '../../client/opening-type';
import { useImageStore } from '../../stores/image-store';
import { useStrokesStore } from '../../stores/strokes-store';
import { useDiagnosticsStore } from '../../stores/diagnostics-store';
import { specOf, useModelStore } from '../../stores/model/model-store';
import { useNarrowStore } from '../../stores/narrow-store';
import { runIdOf, sourceOf } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { useSeriesStore } from '../../stores/series-store';
import { useStageStore } from '../../stores/stage-store';
import { useViewStore, VIEW_LABELS, type ViewName } from '../../stores/view-store';
import { useWeightsStore } from '../../stores/weights-store';
import { showDocumentProblem, useDocumentStore } from './document-store';
import { showDocument } from './open-document';
import { showHistory } from './page-history';
import { readPage, writePage, type PageRecord, type TextStorage } from './page-record';
import { loadPretrained } from './pretrained';
import { readRemovedWeights, readRun, runKey, writeRun, type RunRecord } from './run-record';
import { isLink, readLink } from './share-link';

/**
 * Restores the page of the last visit, or else shows the default network. If the address has a
 * link, its network replaces the restored one, as a change that can be undone. Must be called
 * before anything is drawn.
 */
export function openPage(storage: () => TextStorage): Opening {
  const page = readPage(storage);
  if (page) showPage(page);
  showStage(page);
  const link = isLink(location.hash) ? openLink(location.hash) : Promise.resolve(null);
  let stored: string | null = null;
  const begin = async () => {
    if (await link) {
      if (page && typeof page.run === 'object') await offerReturn(storage, page, page.run.id);
      // A link holds no weights, and the weights of another run would show another run.
      return null;
    }
    if (!page || page.run === 'pretrained') return loadPretrained();
    if (page.run === 'fresh') return null;
    const run = await readRun(page.run.id);
    const model = run?.model ?? specOf(useModelStore.getState());
    if (!run) return reportLostWeights();
    // A setting was changed right before the page was left, and that begins a new run.
    if (run.key !== runKey(model, useRunStore.getState().settings)) return null;
    stored = run.id;
    const { step = 0, liveChanges = [] } = page.run;
    useWeightsStore.setState({
      restoredStep: run.step,
      reachedStep: Math.max(run.step, step),
      replay: liveChangesAfter(liveChanges, run.step),
    });
    return restored(run, model);
  };
  const dataset = link.then((document) => document?.dataset ?? page?.document.dataset ?? DEFAULT_DATASET.id);
  // The history has nothing to do with the network of a link, so no removed weights are restored
  // for it.
  const removedWeights = link.then((document) => (page && !document ? readRemovedWeights() : null));
  return { dataset, beginning: begin(), removedWeights, stored: () => stored };
}

/**
 * Shows the first screen to people who have never been inside. A link with a network, and an address
 * with `?view=`, lead past it.
 */
function showStage(page: PageRecord | null): void {
  const address = new URL(location.href);
  const view = address.searchParams.get('view');
  if (view !== null && Object.hasOwn(VIEW_LABELS, view)) {
    // From now on the page itself knows its view.
    address.searchParams.delete('view');
    history.replaceState(null, '', address);
    // On a narrow page a view that is shown comes to the front, before the stack.
    if (view !== 'train') useViewStore.getState().show(view as ViewName);
    return;
  }
  const isFirst = page ? page.stage === 'first' : !isLink(location.hash);
  if (isFirst) useStageStore.setState({ stage: 'first' });
}

/**
 * Opens the network in the address and removes it from the address, because the page will change
 * and the address would still show the old network.
 */
async function openLink(hash: string) {
  history.replaceState(null, '', location.pathname + location.search);
  try {
    const document = await readLink(hash);
    showDocument(document);
    return document;
  } catch (error) {
    showDocumentProblem(error);
    return null;
  }
}

/**
 * Keeps the run that the network of a link replaces, as long as the page is open, and offers the
 * way back to it.
 */
async function offerReturn(storage: () => TextStorage, page: PageRecord, id: string): Promise<void> {
  const run = await readRun(id);
  if (!run) return;
  const back = async () => {
    useDocumentStore.setState({ leaving: true });
    await writeRun(run);
    writePage(storage, page);
    location.reload();
  };
  useDocumentStore.setState({ back });
}

function showPage({ document, history, view, part, strokes, drawing }: PageRecord): void {
  try {
    showDocument(document);
    // A first visit has nothing to go back to.
    useModelStore.setState({ past: [], future: [] });
    if (history) showHistory(history);
  } catch {
    return;
  }
  useViewStore.getState().show(view);
  // Comes after the view, which brings its own tab to the front.
  if (part) useNarrowStore.getState().show(part);
  useStrokesStore.setState({ strokes });
  if (drawing) useImageStore.getState().show('drawing');
}

/** The tab that stored last wins, so the weights in the store may belong to another tab. */
function reportLostWeights(): null {
  const what =
    'the weights of your last visit are not there any more: another tab stored its own, or the browser made room.';
  useDocumentStore.setState({
    storage: { what, where: {}, remedy: 'The network is as you left it, with fresh weights.' },
  });
  return null;
}

/**
 * Lets the run continue at its step. Its curves are restored whenever a run begins with its
 * weights: at once, and again when the images arrive.
 */
function restored(
  { step, weights, optimizer, series, diagnostics, evaluations, lastEvaluation }: RunRecord,
  model: ModelSpec,
): Beginning {
  useRunStore.subscribe((run, before) => {
    if (runIdOf(run) === runIdOf(before) || sourceOf(run) !== 'restored') return;
    useSeriesStore.getState().restore(series);
    if (diagnostics) useDiagnosticsStore.getState().restore(diagnostics);
    useRunStore.setState({ evaluations, lastEvaluation });
  });
  return { model, start: { weights, step, optimizer, source: 'restored' } };
}
