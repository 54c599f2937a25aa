import { beforeEach, describe, expect, it } from 'vitest';
import { PlaygroundError } from '../../../errors';
import { changeSettings as checkedSettings } from '../../../model/settings';
import type { Playground } from '../../client/playground-client';
import { specOf, useModelStore } from '../../stores/model/model-store';
import { useRunStore } from '../../stores/run-store';
import { createConsole } from './create-console';

const model = () => useModelStore.getState();

/** A console over a worker that refuses every network, after running `meanwhile`. */
function refusing(meanwhile: () => void = () => undefined) {
  const playground: Partial<Playground> = {
    ready: Promise.resolve({ backend: 'cpu', adapter: '', software: true, note: '' }),
    async applyModel() {
      meanwhile();
      throw new PlaygroundError('it does not fit.');
    },
  };
  return createConsole(playground as Playground);
}

beforeEach(() => useModelStore.setState(useModelStore.getInitialState(), true));

it('leaves the network as it was where another is refused', async () => {
  const { name } = model();
  await expect(refusing().setModel('lenet-5')).rejects.toThrow('it does not fit.');
  expect([model().name, model().past.length]).toEqual([name, 0]);
});

it('takes nothing back that was changed while the worker thought about it', async () => {
  const edit = () => model().removeLayer(model().layers[0]!.uid);
  await expect(refusing(edit).setModel('lenet-5')).rejects.toThrow('it does not fit.');
  expect([model().name, model().past.at(-1)?.label]).toEqual(['LeNet-5', 'remove conv2d_1']);
});

describe('configure', () => {
  const changeSettings = (change: unknown) =>
    model().setSettings(checkedSettings(useRunStore.getState().settings, change));
  const console = () => {
    const playground = { ready: new Promise<never>(() => undefined), changeSettings };
    return createConsole(playground as unknown as Playground);
  };

  it('scales the input of the network, as one undoable step with the settings', () => {
    console().configure({ inputScaling: 'bytes' });
    expect(specOf(model()).inputScaling).toBe('bytes');
    console().configure({ inputScaling: { mean: [0.13], std: [0.31] }, batchSize: 16 });
    expect(specOf(model()).inputScaling).toEqual({ mean: [0.13], std: [0.31] });
    expect(useRunStore.getState().settings.batchSize).toBe(16);
    expect(model().past).toHaveLength(2);
    model().undo();
    model().undo();
    expect(specOf(model())).not.toHaveProperty('inputScaling');
    expect(useRunStore.getState().settings.batchSize).not.toBe(16);
  });

  it.each<[object, RegExp]>([
    [{ inputScaling: 'percent' }, /inputScaling: there is no scaling "percent".*"unit" \(0\.\.1\)/],
    [{ inputScaling: null }, /inputScaling: there is no scaling null/],
    [{ inputScaling: { mean: [0, 0], std: [1, 1] } }, /inputScaling\.mean: it has the length 2.*one number/],
    [{ inputScaling: { mean: [0], std: [0] } }, /inputScaling\.std\[0\]: it is 0, not a number from/],
    [{ inputScaling: 'bytes', batchSize: -1 }, /batchSize/],
    [{ inputScaling: { mean: [0], std: [NaN] }, batchSize: 16 }, /inputScaling\.std\[0\]: it is NaN/],
  ])('refuses %j and changes nothing', (change, message) => {
    const before = [specOf(model()), useRunStore.getState().settings];
    expect(() => console().configure(change as never)).toThrow(message);
    expect([specOf(model()), useRunStore.getState().settings]).toEqual(before);
    expect(model().past).toEqual([]);
  });
});
