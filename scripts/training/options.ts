import { parseArgs } from 'node:util';
import { at } from '../../src/at.ts';
import { BACKEND_NAMES, isBackendName, type BackendChoice } from '../../src/backend/backends.ts';
import { PlaygroundError } from '../../src/errors.ts';
import { DEFAULT_PRESET, findPreset, type Preset } from '../../src/model/presets.ts';
import { changeSettings, DEFAULT_SETTINGS, type TrainSettings } from '../../src/model/settings.ts';
import { wholeNumber } from '../parts/whole-number.ts';

/** What every script that trains a network can be told; each option takes a value. */
const SHARED = ['model', 'backend', 'epochs', 'batch', 'seed', 'optimizer'];

export interface TrainingOptions<Own extends string> {
  preset: Preset;
  backend: BackendChoice;
  epochs: number | undefined;
  /** Those of the preset, changed as the command line says. */
  settings: TrainSettings;
  /** The script's own options, as given. */
  own: Partial<Record<Own, string>>;
}

/**
 * Reads the command line.
 * @param args without the program and the script
 * @param own names of the options that only this script has
 * @throws PlaygroundError naming the option that is wrong; for a model or a backend, with those there are.
 */
export function readTrainingOptions<Own extends string>(args: string[], own: readonly Own[]): TrainingOptions<Own> {
  const given = parse(args, [...SHARED, ...own]);
  const { model = DEFAULT_PRESET.id, backend = at(BACKEND_NAMES, 0), epochs, batch, seed, optimizer } = given;
  const preset = findPreset(model);
  const settings = changeSettings(changeSettings(DEFAULT_SETTINGS, preset.settings), {
    ...(batch !== undefined && { batchSize: wholeNumber(batch, 'batch') }),
    ...(seed !== undefined && { seed: wholeNumber(seed, 'seed', 0) }),
    ...(optimizer !== undefined && { optimizer: parseJson(optimizer, 'optimizer') }),
  });
  return {
    preset,
    backend: backendOf(backend),
    epochs: epochs === undefined ? undefined : wholeNumber(epochs, 'epochs'),
    settings,
    own: given as Partial<Record<Own, string>>,
  };
}

function backendOf(name: string): BackendChoice {
  if (name === 'auto' || isBackendName(name)) return name;
  throw new PlaygroundError(`there is no backend "${name}".`, {
    remedy: `Known backends: ${BACKEND_NAMES.join(', ')}; or auto, for the best that can be had.`,
  });
}

function parse(args: string[], names: readonly string[]): Record<string, string | undefined> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    return { ...parseArgs({ args, options }).values };
  } catch (cause) {
    const remedy = `Options: ${names.map((name) => `--${name}`).join(', ')}.`;
    throw new PlaygroundError(cause instanceof Error ? cause.message : String(cause), { remedy, cause });
  }
}

function parseJson(text: string, option: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const example = '{"kind":"sgd","learningRate":0.1}';
    throw new PlaygroundError(`--${option} takes JSON, such as '${example}', not '${text}'.`, { cause });
  }
}
