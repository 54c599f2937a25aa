import { describe, expect, it } from 'vitest';
import {
  addLiveChange,
  liveChangesAfter,
  liveSettingsAt,
  liveSettingsOf,
  withLiveSettings,
  withoutLiveSettings,
  type LiveChange,
} from './live-settings';
import { DEFAULT_SETTINGS } from './settings';

describe('live settings', () => {
  it('are taken out of all settings, and put back', () => {
    const live = liveSettingsOf(DEFAULT_SETTINGS);
    expect(live).toEqual({ learningRate: DEFAULT_SETTINGS.optimizer.learningRate });
    const slower = withLiveSettings(DEFAULT_SETTINGS, { learningRate: 1e-5 });
    expect(slower.optimizer).toEqual({ ...DEFAULT_SETTINGS.optimizer, learningRate: 1e-5 });
    expect(withoutLiveSettings(slower)).toEqual(withoutLiveSettings(DEFAULT_SETTINGS));
    expect(withLiveSettings(slower, live)).toEqual(DEFAULT_SETTINGS);
  });
});

describe('changes of live settings', () => {
  const at = (step: number, learningRate: number): LiveChange => ({ step, settings: { learningRate } });
  const changes = [at(1, 0.1), at(10, 0.2), at(20, 0.3)];

  it('say what settings a step had', () => {
    const rates = [1, 9, 10, 19, 20, 99].map((step) => liveSettingsAt(changes, step)?.learningRate);
    expect(rates).toEqual([0.1, 0.1, 0.2, 0.2, 0.3, 0.3]);
    expect(liveSettingsAt([at(5, 0.1)], 4)).toBeNull();
  });

  it('grow by a new change, which replaces the changes after it', () => {
    expect(addLiveChange(changes, at(30, 0.4))).toEqual([...changes, at(30, 0.4)]);
    expect(addLiveChange(changes, at(30, 0.3))).toEqual(changes);
    expect(addLiveChange(changes, at(10, 0.5))).toEqual([at(1, 0.1), at(10, 0.5)]);
    expect(addLiveChange([], at(7, 0.1))).toEqual([at(7, 0.1)]);
  });

  it('are cut down to those that the steps after a given step need', () => {
    expect(liveChangesAfter(changes, 0)).toEqual(changes);
    expect(liveChangesAfter(changes, 8)).toEqual(changes);
    expect(liveChangesAfter(changes, 9)).toEqual(changes.slice(1));
    expect(liveChangesAfter(changes, 50)).toEqual(changes.slice(2));
    expect(liveChangesAfter([], 50)).toEqual([]);
  });
});
