import { z } from 'zod';
import { at } from '../../../at';
import { DATASET_IDS, type DatasetId } from '../../../data/sets';
import { PlaygroundError } from '../../../errors';
import { changeSettings, DEFAULT_SETTINGS, type TrainSettings } from '../../../model/settings';
import { parseModelSpec, type ModelSpec } from '../../../model/spec';
import { packedWeightsSchema, type PackedWeights } from './packed-weights';

/** The content of a file or link: the network on the page with everything needed to train it. */
export interface PlaygroundDocument {
  format: 'cnn-playground';
  version: 1;
  /** All layers of the stack, including those that are switched off. */
  model: ModelSpec;
  /** Positions (from 0) of the layers that are switched off. */
  bypassed?: number[];
  settings?: TrainSettings;
  /** Omitted if a script provided the data. */
  dataset?: DatasetId;
  /** The number of steps that the weights were trained for. */
  step?: number;
  /** By layer id in the network, which has only the layers that are switched on. */
  weights?: PackedWeights;
}

const VERSION = 1;

const documentSchema = z.strictObject({
  format: z.literal('cnn-playground'),
  version: z.literal(VERSION),
  model: z.unknown(),
  bypassed: z.array(z.int().min(0)).max(200).optional(),
  settings: z.unknown().optional(),
  dataset: z.enum(DATASET_IDS).optional(),
  step: z.int().min(0).optional(),
  weights: packedWeightsSchema.optional(),
});

/**
 * Checks a value from outside: a document, or a bare ModelSpec.
 * @param file the file that the value comes from, for the message
 * @throws PlaygroundError naming what is wrong and where.
 */
export function parseDocument(json: unknown, file?: string): PlaygroundDocument {
  return inFile(file, () =>
    isDocument(json) ? checkedDocument(json) : { format: 'cnn-playground', version: VERSION, model: bareModel(json) },
  );
}

const isDocument = (json: unknown): json is { version?: unknown } =>
  typeof json === 'object' && json !== null && 'format' in json && json.format === 'cnn-playground';

function checkedDocument(json: { version?: unknown }): PlaygroundDocument {
  if (typeof json.version === 'number' && json.version > VERSION) {
    throw new PlaygroundError(`it was made by a later version of this page (format ${json.version}).`, {
      remedy: 'Load the page again to get the newest version, then open it once more.',
    });
  }
  const result = documentSchema.safeParse(json);
  if (!result.success) throw problemOf(at(result.error.issues, 0));
  const { model, settings, ...rest } = result.data;
  const known = settings === undefined ? undefined : changeSettings(DEFAULT_SETTINGS, settings);
  return { ...rest, model: parseModelSpec(model), ...(known && { settings: known }) };
}

function bareModel(json: unknown): ModelSpec {
  if (typeof json === 'object' && json !== null && 'layers' in json) return parseModelSpec(json);
  throw new PlaygroundError('it holds no network.', {
    remedy: 'Choose a file that was saved by this page, or the JSON of a network.',
  });
}

function problemOf(issue: z.core.$ZodIssue): PlaygroundError {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = [...issue.path, ...(unknown ? [unknown] : [])].join('.');
  return new PlaygroundError(unknown ? 'there is no such field.' : `${issue.message}.`, { where: { field } });
}

/** Runs `work`, and adds the file's name to an error that it throws. */
function inFile<T>(file: string | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!file || !(error instanceof PlaygroundError)) throw error;
    throw new PlaygroundError(error.what, { where: { ...error.where, file }, remedy: error.remedy, cause: error });
  }
}
