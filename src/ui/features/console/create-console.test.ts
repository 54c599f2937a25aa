import { beforeEach, expect, it } from 'vitest';
import { PlaygroundError } from '../../../errors';
import type { Playground } from '../../client/playground-client';
import { useModelStore } from '../../stores/model/model-store';
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
