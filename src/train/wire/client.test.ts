import { describe, expect, it } from 'vitest';
import { createTrainClient, type WorkerLike } from './client';
import type { Command, WorkerEvent } from './protocol';

/** A connection whose page end is a client and whose worker end is controlled by the test. */
function createPipe() {
  const target = new EventTarget();
  const sent: Command[] = [];
  let terminated = false;
  const worker: WorkerLike = {
    postMessage: (command: Command) => void sent.push(structuredClone(command)),
    addEventListener: target.addEventListener.bind(target),
    terminate: () => void (terminated = true),
  };
  const say = (event: WorkerEvent) => target.dispatchEvent(new MessageEvent('message', { data: event }));
  const die = (message: string) => target.dispatchEvent(Object.assign(new Event('error'), { message }));
  return { worker, sent, say, die, isTerminated: () => terminated };
}

const state = (runId: number, step: number): WorkerEvent => ({
  type: 'state',
  runId,
  state: 'running',
  step,
  epoch: 0,
});

describe('createTrainClient', () => {
  it('pairs answers with requests, whatever their order', async () => {
    const { worker, sent, say } = createPipe();
    const client = createTrainClient(() => undefined, worker);
    const first = client.request('pause', {});
    const second = client.request('evaluate', { split: 'test' });
    expect(sent).toEqual([
      { type: 'pause', id: 1 },
      { type: 'evaluate', id: 2, split: 'test' },
    ]);
    say({
      type: 'failure',
      runId: 0,
      id: 2,
      error: { what: 'no images.', where: { field: 'split' }, remedy: 'Add some.' },
    });
    say({ type: 'reply', runId: 0, id: 1, result: null, ms: 0 });
    await expect(first).resolves.toBeNull();
    await expect(second).rejects.toThrow('split: no images. Add some.');
  });

  it('drops late events of an earlier run, but no answers and no problems', async () => {
    const { worker, say } = createPipe();
    const events: WorkerEvent[] = [];
    const client = createTrainClient((event) => events.push(event), worker);
    const asked = client.request('pause', {});
    say(state(1, 1));
    say({ type: 'run', runId: 2, normSlots: [], stepsPerEpoch: 5, dataset: null });
    say(state(1, 2));
    say({ type: 'problem', runId: 1, error: { what: 'x', where: {}, remedy: '' }, fatal: false });
    say({ type: 'reply', runId: 1, id: 1, result: null, ms: 0 });
    await asked;
    say(state(2, 1));
    expect(events.map(({ type, runId }) => [type, runId])).toEqual([
      ['state', 1],
      ['run', 2],
      ['problem', 1],
      ['state', 2],
    ]);
  });

  it('rejects what is open, and what comes after, when the worker dies', async () => {
    const { worker, die } = createPipe();
    const events: WorkerEvent[] = [];
    const client = createTrainClient((event) => events.push(event), worker);
    const open = client.request('train', {});
    die('out of memory');
    await expect(open).rejects.toThrow(/broke off: out of memory.*Load the page again/);
    await expect(client.request('pause', {})).rejects.toThrow(/broke off/);
    expect(events).toMatchObject([{ type: 'problem', fatal: true }]);
  });

  it('ends the worker on dispose, and says what cannot be sent', async () => {
    const { worker, isTerminated } = createPipe();
    const client = createTrainClient(() => undefined, worker);
    const odd = { weights: { dense_1: { bias: (() => 1) as unknown as { shape: number[]; data: Float32Array } } } };
    await expect(client.request('setWeights', odd)).rejects.toThrow(/cannot be sent/);
    const open = client.request('pause', {});
    client.dispose();
    await expect(open).rejects.toThrow(/ended/);
    expect(isTerminated()).toBe(true);
  });
});
