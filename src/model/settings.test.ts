import { describe, expect, it } from 'vitest';
import { OPTIMIZERS } from './optimizers';
import { changeSettings, DEFAULT_SETTINGS, SETTING_FIELDS } from './settings';

const change = (given: unknown) => changeSettings(DEFAULT_SETTINGS, given);

describe('settings', () => {
  it('have defaults that pass their own checks', () => {
    expect(change({})).toEqual(DEFAULT_SETTINGS);
    for (const [name, field] of Object.entries(SETTING_FIELDS))
      expect(DEFAULT_SETTINGS).toHaveProperty(name, field.default);
  });

  /** https://keras.io/api/optimizers/, Keras 3. */
  it.each([
    { kind: 'sgd', learningRate: 0.01 },
    { kind: 'momentum', learningRate: 0.01, momentum: 0.9 },
    { kind: 'nesterov', learningRate: 0.01, momentum: 0.9 },
    { kind: 'rmsprop', learningRate: 0.001, rho: 0.9, epsilon: 1e-7 },
    { kind: 'adagrad', learningRate: 0.001, initialAccumulatorValue: 0.1, epsilon: 1e-7 },
    { kind: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    { kind: 'adamw', learningRate: 0.001, weightDecay: 0.004, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  ])('$kind begins with the defaults of Keras', (expected) => {
    const other = changeSettings(DEFAULT_SETTINGS, { optimizer: { kind: 'sgd', learningRate: 7 } });
    const from = expected.kind === 'sgd' ? DEFAULT_SETTINGS : other;
    expect(changeSettings(from, { optimizer: { kind: expected.kind } }).optimizer).toEqual(expected);
    expect(Object.keys(OPTIMIZERS)).toContain(expected.kind);
  });

  it('keep what a change of the same optimizer does not mention', () => {
    const changed = change({ l2: 1e-4, globalClipnorm: 1, optimizer: { beta1: 0.5 } });
    expect(changed).toEqual({
      ...DEFAULT_SETTINGS,
      l2: 1e-4,
      globalClipnorm: 1,
      optimizer: { ...DEFAULT_SETTINGS.optimizer, beta1: 0.5 },
    });
    expect(changeSettings(changed, { optimizer: { beta2: 0.9 } })).toMatchObject({
      l2: 1e-4,
      optimizer: { beta1: 0.5, beta2: 0.9 },
    });
  });

  it.each([
    [{ optimizer: { kind: 'lion' } }, /optimizer.kind: there is no such optimizer. Known kinds: sgd, momentum, /],
    [{ optimizer: { rho: 0.9 } }, /optimizer.rho: there is no such setting/],
    [{ optimizer: { kind: 'rmsprop', rho: 1 } }, /optimizer.rho: /],
    [{ optimizer: { kind: 'adamw', weightDecay: -1 } }, /optimizer.weightDecay: /],
    [{ optimizer: { epsilon: 0 } }, /optimizer.epsilon: /],
    [{ l2: -1 }, /l2: /],
    [{ globalClipnorm: Infinity }, /globalClipnorm: /],
    [{ batchSize: 1.5 }, /batchSize: /],
    [{ clipnorm: 1 }, /clipnorm: there is no such setting/],
  ])('%j is refused, with the field named', (given, message) => {
    expect(() => change(given)).toThrow(message);
  });
});
