import { beforeEach, expect, it } from 'vitest';
import { PlaygroundError } from '../../errors';
import { routeEvent } from '../stores/route-event';
import { isPausing, isRunning, isWaiting } from '../stores/run-machine/selectors';
import { useRunStore } from '../stores/run-store';
import { recordedAsk, settle } from './recorded-ask.test-helper';
import { createTrainControl } from './train-control';

const run = () => useRunStore.getState();
const waiting = () => isWaiting(run());
const pausing = () => isPausing(run());
const says = (state: 'running' | 'paused') => routeEvent({ type: 'state', runId: 0, state, step: 0, epoch: 0 });

/** A page where network, settings and data arrive when `arrive` is called. */
function begin() {
  const worker = recordedAsk();
  let arrive!: () => void;
  let fail!: (error: Error) => void;
  const settled = new Promise<void>((resolve, reject) => ([arrive, fail] = [resolve, reject]));
  settled.catch(() => undefined);
  return { ...worker, arrive, fail, control: createTrainControl(worker.ask, () => settled) };
}

/** A page where play was pressed and the worker has announced that it trains. */
async function playing() {
  const page = begin();
  page.arrive();
  page.control.play();
  await settle();
  says('running');
  return page;
}

beforeEach(() => useRunStore.setState(useRunStore.getInitialState(), true));

it('waits visibly for the images and then trains until paused', async () => {
  const { control, asked, arrive } = begin();
  control.play();
  await settle();
  expect([waiting(), asked.length]).toEqual([true, 0]);
  arrive();
  await settle();
  expect(asked).toMatchObject([{ type: 'train', command: {} }]);
  // Until the worker announces that it runs, a second press must not send another request.
  expect(waiting()).toBe(true);
  control.play();
  says('running');
  expect(run().machine).toMatchObject({ phase: 'running', target: null });
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
  expect(waiting()).toBe(false);
  expect(types()).toEqual(['pause']);
});

it('shows why it cannot begin', async () => {
  const { control, fail, asked } = begin();
  control.stepOnce();
  fail(new PlaygroundError('the network does not fit.', { remedy: 'Make it smaller.' }));
  await settle();
  expect(run()).toMatchObject({
    machine: { phase: 'idle' },
    problem: { error: { what: 'the network does not fit.' }, fatal: false },
  });
  expect(asked).toHaveLength(0);
});

it('shows a failure of training and clears it with the next attempt', async () => {
  const { control, asked, arrive } = begin();
  arrive();
  control.stepOnce();
  await settle();
  asked[0]!.reject(new PlaygroundError('no.'));
  await settle();
  expect(run()).toMatchObject({ machine: { phase: 'idle' }, problem: { error: { what: 'no.' } } });
  control.stepOnce();
  await settle();
  expect([run().problem, asked[1]!.command]).toEqual([null, { steps: 1 }]);
});

it('says that it is pausing until the steps on their way are done', async () => {
  const { control, asked } = await playing();
  const paused = control.pause();
  expect(pausing()).toBe(true);
  says('paused');
  asked[1]!.resolve(null);
  await paused;
  expect(run().machine.phase).toBe('paused');
});

it('goes on through a change that begins a new run, but only where play was pressed', async () => {
  const { control, types } = await playing();
  await control.resumeAfter(async () => says('paused'));
  expect(types()).toEqual(['train', 'train']);

  says('running');
  control.stop();
  await control.resumeAfter(async () => says('paused'));
  expect(types()).toEqual(['train', 'train']);
});

it('obeys the last of several quick presses, whatever was on its way', async () => {
  const { control, asked, types, arrive } = begin();
  arrive();
  control.togglePlay();
  await settle();
  // The worker's announcement that it runs is still on its way.
  control.togglePlay();
  expect([types(), pausing()]).toEqual([['train', 'pause'], true]);
  control.togglePlay();
  await settle();
  says('running');
  says('paused');
  expect(types()).toEqual(['train', 'pause']);
  asked[0]!.resolve({ steps: 1 });
  asked[1]!.resolve(null);
  await settle();
  expect(types()).toEqual(['train', 'pause', 'train']);
  says('running');
  expect(run()).toMatchObject({ machine: { phase: 'running' }, problem: null });

  for (let i = 0; i < 3; i++) control.togglePlay();
  await settle();
  expect(types().slice(3)).toEqual(['pause', 'pause']);
  says('paused');
  for (const request of asked.slice(2)) request.resolve(null);
  await settle();
  expect([types().length, waiting(), pausing()]).toEqual([5, false, false]);
});

it('trains once where play was pressed, paused and pressed again before anything had arrived', async () => {
  const { control, asked, types, arrive } = begin();
  control.play();
  void control.pause();
  control.play();
  arrive();
  await settle();
  expect([types(), waiting()]).toEqual([['pause'], true]);
  asked[0]!.resolve(null);
  await settle();
  expect(types()).toEqual(['pause', 'train']);
});

it('does not go on through a change when it is paused meanwhile', async () => {
  const { control, types } = await playing();
  await control.resumeAfter(async () => {
    void control.pause();
    says('paused');
  });
  expect(types()).toEqual(['train', 'pause']);
});

it('does not complain where of two changes at a time the other saw to it that training goes on', async () => {
  const { control, asked, types } = await playing();
  await Promise.all([control.resumeAfter(async () => says('paused')), control.resumeAfter(async () => says('paused'))]);
  expect(types()).toEqual(['train', 'train', 'train']);
  asked[2]!.reject(new PlaygroundError('the network is training already.'));
  await settle();
  expect(run().problem).toBeNull();
});

it('goes on through two changes in a row, before the first is said to run again', async () => {
  const { control, types } = await playing();
  await control.resumeAfter(async () => says('paused'));
  await control.resumeAfter(async () => says('paused'));
  expect(types()).toEqual(['train', 'train', 'train']);
});

it('leaves the end of everything on the page, and does not say that it trains then', async () => {
  const { control, asked } = await playing();
  const end = new PlaygroundError('training broke off.');
  routeEvent({ type: 'problem', runId: 0, error: { what: end.what, where: {}, remedy: '' }, fatal: true });
  asked[0]!.reject(end);
  await settle();
  expect(run()).toMatchObject({ machine: { phase: 'done', reason: { kind: 'failure' } }, problem: { fatal: true } });
  expect(isRunning(run())).toBe(false);
  control.play();
  await settle();
  asked[1]!.reject(end);
  await settle();
  expect(run()).toMatchObject({ problem: { error: { what: 'training broke off.' }, fatal: true } });
});

it('asks for one entry per step when a script trains for so long', async () => {
  const { control, asked, arrive } = begin();
  arrive();
  const done = control.trainFor({ epochs: 2 });
  await settle();
  expect(asked[0]).toMatchObject({ type: 'train', command: { epochs: 2, collect: true } });
  asked[0]!.resolve({ steps: 8 });
  expect(await done).toEqual({ steps: 8 });
});
