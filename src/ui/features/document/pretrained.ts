import { z } from 'zod';
import { DEFAULT_DATASET } from '../../../data/sets';
import { parseModelSpec } from '../../../model/spec';
import type { Beginning } from '../../client/model-sync';
import { useWeightsStore } from '../../stores/weights-store';
import { packedWeightsSchema, unpackWeights } from './packed-weights';

/**
 * After this time the page begins with fresh weights, because a network that trains shows more than
 * a longer wait.
 */
const PATIENCE_MS = 8000;

const pretrainedSchema = z.looseObject({
  version: z.literal(1),
  /** Id of the network in the gallery. */
  preset: z.string(),
  model: z.unknown(),
  /** The result on all test images of {@link PRETRAINED_ON}. */
  test: z.object({ accuracy: z.number().min(0).max(1), loss: z.number() }),
  weights: packedWeightsSchema,
});

/**
 * The data set that the served weights were trained on, which is the one that the page opens with.
 */
export const PRETRAINED_ON = DEFAULT_DATASET.name;

/**
 * Reads weights that this engine trained on {@link PRETRAINED_ON}, and their network.
 * @param json the output of `npm run pretrain`
 * @throws if `json` is something else.
 */
export async function readPretrained(json: unknown): Promise<Beginning & { accuracy: number }> {
  const { model, test, weights } = pretrainedSchema.parse(json);
  const start = { weights: await unpackWeights(weights), step: 0, source: 'pretrained' } as const;
  return { model: parseModelSpec(model), start, accuracy: test.accuracy };
}

/**
 * Loads the weights that are served beside the page. Null if they cannot be loaded; the network
 * then begins with fresh weights.
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
