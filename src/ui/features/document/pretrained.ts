import { z } from 'zod';
import { DEFAULT_DATASET } from '../../../data/sets';
import { parseModelSpec } from '../../../model/spec';
import type { Beginning } from '../../client/model-sync';
import { useWeightsStore } from '../../stores/weights-store';
import { packedWeightsSchema, unpackWeights } from './packed-weights';

/**
 * After this long the page begins with fresh weights: a network that trains shows more than a
 * longer wait.
 */
const PATIENCE_MS = 8000;

const pretrainedSchema = z.looseObject({
  version: z.literal(1),
  /** Id of the network in the gallery. */
  preset: z.string(),
  model: z.unknown(),
  /** On all test images of {@link PRETRAINED_ON}. */
  test: z.object({ accuracy: z.number().min(0).max(1), loss: z.number() }),
  weights: packedWeightsSchema,
});

/**
 * The data set that the weights beside the page were trained on: the one that the page opens with.
 */
export const PRETRAINED_ON = DEFAULT_DATASET.name;

/**
 * Weights that this engine trained on {@link PRETRAINED_ON}, with the network that they are for.
 * @param json what `npm run pretrain` wrote
 * @throws if it is something else.
 */
export async function readPretrained(json: unknown): Promise<Beginning & { accuracy: number }> {
  const { model, test, weights } = pretrainedSchema.parse(json);
  const start = { weights: await unpackWeights(weights), step: 0, source: 'pretrained' } as const;
  return { model: parseModelSpec(model), start, accuracy: test.accuracy };
}

/**
 * Loads the weights that are served beside the page. Null if they cannot be loaded: the network
 * then begins with fresh ones.
 */
export async function loadPretrained(): Promise<Beginning | null> {
  try {
    const answer = await fetch(new URL('pretrained.json', document.baseURI), {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!answer.ok) return null;
    const { model, start, accuracy } = await readPretrained(await answer.json());
    useWeightsStore.setState({ pretrainedAccuracy: accuracy });
    return { model, start };
  } catch {
    return null;
  }
}
