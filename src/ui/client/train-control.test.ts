import { beforeEach, expect, it } from 'vitest';
import { PlaygroundError } from '../../errors';
import { routeEvent } from '../stores/route-event';
import { useRunStore } from '../stores/run-store';
import { recordedAsk, settle } from './recorded-ask.test-helper';
import { createTrainControl } from './train-control';

const run = () => useRunStore.getState();
const says = (state: 'running' | 'paused') => routeEvent({ type: 'state', runId: 0, state, step: 0, epoch: 0 });

/** Network, settings and data arrive when `arrive` is called. */
function begin() {
  const worker = recordedAsk();
  let arrive!: () => void;
  let fail!: (error: Error) => void;
  const settled = new Promise<void>((resolve, reject) => ([arrive, fail] = [resolve, reject]));
  settled.catch(() => undefined);
  return { ...worker, arrive, fail, control: createTrainControl(worker.ask, () => settled) };
}

beforeEach(() => useRunStore.setState(useRunStore.getInitialState(), true));

it('waits visibly for the images and then trains until paused', async () => {
  const { control, asked, arrive } = begin();
  control.play();
  await settle();
  expect([run().waiting, asked.length]).toEqual([true, 0]);
  arrive();
  await settle();
  expect(asked).toMatchObject([{ type: 'train', command: {} }]);
  // Until the worker says that it runs, a second press must not ask again.
  expect(run().waiting).toBe(true);
  control.play();
  says('running');
  expect(run()).toMatchObject({ waiting: false, state: 'running' });
  control.play();
  await settle();
  expect(asked).toHaveLength(1);
});

it('does not begin when paused while waiting', async () => {
  const { control, types, arrive } = begin();
  control.play();
  void control.pause();
  arrive();
  await settle();
  expect(run().waiting).toBe(false);
  expect(types()).toEqual(['pause']);
});

it('shows why it cannot begin', async () => {
  const { control, fail, asked } = begin();
  control.stepOnce();
  fail(new PlaygroundError('the network does not fit.', { remedy: 'Make it smaller.' }));
  await settle();
  expect(run()).toMatchObject({ waiting: false, problem: { error: { what: 'the network does not fit.' }, fatal: false } });
  expect(asked).toHaveLength(0);
});

it('shows a failure of training and clears it with the next attempt', async () => {
  const { control, asked, arrive } = begin();
  arrive();
  control.stepOnce();
  await settle();
  asked[0].reject(new PlaygroundError('no.'));
  await settle();
  expect(run()).toMatchObject({ waiting: false, problem: { error: { what: 'no.' } } });
  control.stepOnce();
  await settle();
  expect([run().problem, asked[1].command]).toEqual([null, { steps: 1 }]);
});

it('says that it is pausing until the steps on their way are done', async () => {
  const { control, asked, arrive } = begin();
  arrive();
  control.play();
  await settle();
  says('running');
  const paused = control.pause();
  expect(run().pausing).toBe(true);
  says('paused');
  asked[1].resolve(null);
  await paused;
  expect(run()).toMatchObject({ pausing: false, state: 'paused' });
});

it('goes on through a change that begins a new run, but only where play was pressed', async () => {
  const { control, types, arrive } = begin();
  arrive();
  control.play();
  await settle();
  says('running');
  await control.keepRunning(async () => says('paused'));
  expect(types()).toEqual(['train', 'train']);

  says('running');
  control.stop();
  await control.keepRunning(async () => says('paused'));
  expect(types()).toEqual(['train', 'train']);
});

it('asks for one entry per step when a script trains for so long', async () => {
  const { control, asked, arrive } = begin();
  arrive();
  const done = control.trainFor({ epochs: 2 });
  await settle();
  expect(asked[0]).toMatchObject({ type: 'train', command: { epochs: 2, collect: true } });
  asked[0].resolve({ steps: 8 });
  expect(await done).toEqual({ steps: 8 });
});
