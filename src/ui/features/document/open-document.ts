import { PlaygroundError } from '../../../errors';
import { mergeWeights } from '../../../model/check-weights';
import type { Weights } from '../../../model/initialize';
import { resolveModel } from '../../../model/resolve';
import type { Playground } from '../../client/playground-client';
import { specOf, useModelStore } from '../../stores/model/model-store';
import { useRunStore } from '../../stores/run-store';
import { useWeightsStore } from '../../stores/weights-store';
import { parseDocument, type PlaygroundDocument } from './document';
import { unpackWeights } from './packed-weights';
import { parseJson } from './parse-json';

/** More bytes than this page saves for any network that fits a machine. */
const MOST_BYTES = 512 * 2 ** 20;

/**
 * Opens the document in a file.
 * @throws PlaygroundError that says what is wrong with the file and where; nothing is changed then.
 */
export async function openFile(playground: Playground, file: File): Promise<void> {
  if (file.size > MOST_BYTES) {
    throw new PlaygroundError('it is too large to be a network.', {
      where: { file: file.name },
      remedy: 'Choose a file that was saved by this page.',
    });
  }
  await openDocument(playground, parseDocument(parseJson(await file.text(), file.name), file.name), file.name);
}

/**
 * Puts a document on the page, as one step that can be undone.
 * @param from name of its file or link
 * @throws PlaygroundError if its weights do not fit its network; nothing is changed then.
 */
async function openDocument(playground: Playground, document: PlaygroundDocument, from: string): Promise<void> {
  const weights = await checkedWeights(document);
  // Training pauses when a trained network is opened, because people look at it first.
  if (weights) await playground.pause();
  showDocument(document);
  const { dataset } = document;
  const loading =
    dataset && dataset !== useRunStore.getState().datasetChoice ? playground.chooseDataset(dataset) : null;
  loading?.catch(playground.showProblem);
  if (!weights) return;
  // Other data begin a new run with fresh weights, so they have to arrive before the document's
  // weights.
  await loading?.catch(() => undefined);
  useWeightsStore.setState({ file: from });
  await playground.applyModel(true, { weights, step: document.step ?? 0, source: 'file' });
}

/** Puts network and settings of a document into the stores. */
export function showDocument({ model, bypassed, settings }: PlaygroundDocument): void {
  useModelStore.getState().loadSpec(model, { bypassed, settings, label: `open ${model.name}` });
}

async function checkedWeights({ model, bypassed = [], weights }: PlaygroundDocument): Promise<Weights | null> {
  if (!weights) return null;
  const layers = model.layers.map((spec, i) => ({
    uid: String(i),
    spec,
    ...(bypassed.includes(i) && { bypassed: true as const }),
  }));
  return mergeWeights(resolveModel(specOf({ ...model, layers })), {}, await unpackWeights(weights));
}
