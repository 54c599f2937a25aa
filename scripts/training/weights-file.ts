import { access, constants, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { PlaygroundError } from '../../src/errors.ts';
import { parseDocument } from '../../src/ui/features/document/document.ts';
import { packWeights } from '../../src/ui/features/document/packed-weights.ts';
import type { Weights } from '../../src/model/initialize.ts';
import type { ModelSpec } from '../../src/model/spec.ts';
import type { TrainSettings } from '../../src/model/settings.ts';

export interface Trained {
  model: ModelSpec;
  settings: TrainSettings;
  /** Name of the data set. */
  dataset: string;
  step: number;
  weights: Weights;
}

/** @throws PlaygroundError if a file could not be written there: better before training than after. */
export async function requireFolder(file: string): Promise<void> {
  await access(dirname(resolve(file)), constants.W_OK).catch((cause: unknown) => {
    throw new PlaygroundError('it cannot be written there.', { where: { file }, remedy: 'Name another place.', cause });
  });
}

/** Writes what the page saves as "network with weights" and opens again. */
export async function writeWeights(file: string, { weights, ...trained }: Trained): Promise<void> {
  const json = { format: 'cnn-playground', version: 1, ...trained, weights: await packWeights(weights) };
  await writeFile(file, `${JSON.stringify(parseDocument(json), null, 2)}\n`);
}
