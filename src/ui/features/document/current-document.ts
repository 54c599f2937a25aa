import { PlaygroundError } from '../../../errors';
import type { Playground } from '../../client/playground-client';
import { useModelStore, wholeStackOf } from '../../stores/model/model-store';
import { useRunStore } from '../../stores/run-store';
import type { PlaygroundDocument } from './document';
import { packWeights } from './packed-weights';

/** The network on the page with its settings and data. */
export function currentDocument(): PlaygroundDocument {
  const { settings, datasetChoice } = useRunStore.getState();
  const { model, bypassed } = wholeStackOf(useModelStore.getState());
  return {
    format: 'cnn-playground',
    version: 1,
    model,
    ...(bypassed.length > 0 && { bypassed }),
    settings,
    ...(datasetChoice && { dataset: datasetChoice }),
  };
}

/**
 * The document with the present weights.
 * @throws PlaygroundError if the stack is not the network that is trained.
 */
export async function currentDocumentWithWeights(playground: Playground): Promise<PlaygroundDocument> {
  if (!useModelStore.getState().valid) {
    throw new PlaygroundError('the stack is no whole network, so it has no weights.', {
      remedy: 'Repair the layer that is marked, or save the network without weights.',
    });
  }
  const { step, weights } = await playground.ask('snapshot', {});
  return { ...currentDocument(), step, weights: await packWeights(weights) };
}
