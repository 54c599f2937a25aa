import type { TrainSettings } from './settings';

/** The values of the settings that may change while a run goes on. */
export interface LiveSettings {
  learningRate: number;
}

interface LiveSetting<T> {
  of(settings: TrainSettings): T;
  put(settings: TrainSettings, value: T): TrainSettings;
  /** Replaces the value when settings are compared without it. */
  none: T;
}

/**
 * The settings that may change while a run goes on: a change takes effect from the next step that
 * is submitted. A change of any other setting begins a new run. The session, the page and the
 * replay of stored runs all use this list.
 */
export const LIVE_SETTINGS: { readonly [Name in keyof LiveSettings]: LiveSetting<LiveSettings[Name]> } = {
  learningRate: {
    of: ({ optimizer }) => optimizer.learningRate,
    put: (settings, learningRate) => ({ ...settings, optimizer: { ...settings.optimizer, learningRate } }),
    none: 0,
  },
};

const NAMES = Object.keys(LIVE_SETTINGS) as (keyof LiveSettings)[];

/** The values of the live settings. */
export function liveSettingsOf(settings: TrainSettings): LiveSettings {
  return collect((name) => LIVE_SETTINGS[name].of(settings));
}

/** The settings with these values for the live ones. */
export function withLiveSettings(settings: TrainSettings, live: LiveSettings): TrainSettings {
  return NAMES.reduce((result, name) => LIVE_SETTINGS[name].put(result, live[name]), settings);
}

/** The settings without the live ones. Settings of the same run are equal in this form. */
export function withoutLiveSettings(settings: TrainSettings): TrainSettings {
  return withLiveSettings(
    settings,
    collect((name) => LIVE_SETTINGS[name].none),
  );
}

export function sameLiveSettings(a: LiveSettings, b: LiveSettings): boolean {
  return NAMES.every((name) => Object.is(a[name], b[name]));
}

function collect(valueOf: (name: keyof LiveSettings) => number): LiveSettings {
  return Object.fromEntries(NAMES.map((name) => [name, valueOf(name)])) as unknown as LiveSettings;
}

/** Live settings with the first step (from 1) that they hold for. */
export interface LiveChange {
  step: number;
  settings: LiveSettings;
}

/**
 * The live settings that a step had.
 * @param changes in the order of their steps
 * @returns null if the step comes before the first change
 */
export function liveSettingsAt(changes: readonly LiveChange[], step: number): LiveSettings | null {
  return changes.findLast((change) => change.step <= step)?.settings ?? null;
}

/** Adds a change to the changes so far, and drops the changes that would come after it. */
export function addLiveChange(changes: readonly LiveChange[], change: LiveChange): LiveChange[] {
  const before = changes.filter(({ step }) => step < change.step);
  const last = before.at(-1);
  return last && sameLiveSettings(last.settings, change.settings) ? before : [...before, change];
}

/** The changes that are needed to know the live settings of all steps after `step`. */
export function liveChangesAfter(changes: readonly LiveChange[], step: number): LiveChange[] {
  const first = changes.findLastIndex((change) => change.step <= step + 1);
  return changes.slice(Math.max(0, first));
}
