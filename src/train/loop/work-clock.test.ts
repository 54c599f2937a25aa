import { describe, expect, it } from 'vitest';
import { initialWeights } from '../../model/initialize';
import { resolveModel } from '../../model/resolve';
import type { Network } from '../../backend/engine';
import { createCpuEngine } from '../../backend/cpu/cpu-engine';
import { tinyModel, tinySettings } from '../session/session.test-helper';
import { TimedNetwork } from './timed-network';
import { openAccount, WorkClock } from './work-clock';

/** A network with one queue and its own clock, on which work takes the given time. */
async function createQueue() {
  let clock = 0;
  const model = resolveModel(tinyModel);
  const network = await createCpuEngine().createNetwork(model, initialWeights(model, 1), tinySettings);
  let queue: Promise<unknown> = Promise.resolve();
  const taking = (ms: number) => () =>
    (queue = queue.then(() => new Promise((resolve) => setTimeout(() => resolve((clock += ms))))));
  const slow: Partial<Record<keyof Network, () => unknown>> = {
    trainSteps: taking(100),
    forward: taking(7),
    getWeights: taking(2),
  };
  return {
    network: Object.assign(network, slow),
    clock: new WorkClock(() => clock),
    pass: (ms: number) => (clock += ms),
  };
}

const image = new Float32Array(36);

describe('WorkClock', () => {
  it('counts a question without the steps that it waited for', async () => {
    const { network, clock } = await createQueue();
    const training = new TimedNetwork(network, clock, 'training');
    const steps = [training.trainSteps([]), training.trainSteps([])];
    const account = openAccount();
    await new TimedNetwork(network, clock, account).forward(image);
    expect(account.ms).toBe(7);
    await Promise.all(steps);
    expect(account.ms).toBe(7);
  });

  it('leaves to the steps what is reported in one go, the answer first', async () => {
    const { network, clock, pass } = await createQueue();
    let report = () => {};
    const reported = new Promise<void>((resolve) => (report = resolve));
    Object.assign(network, { trainSteps: () => reported.then(() => Promise.all([])), lookAt: () => reported });
    const steps = new TimedNetwork(network, clock, 'training').trainSteps([]);
    const account = openAccount();
    const answer = new TimedNetwork(network, clock, account).lookAt(image, null);
    pass(100);
    report();
    await answer;
    expect(account.ms).toBe(0);
    await steps;
    expect(account.ms).toBe(0);
    const next = openAccount();
    await new TimedNetwork(network, clock, next).forward(image);
    expect(next.ms).toBe(7);
  });

  it('leaves to an evaluation the pieces of it that come first', async () => {
    const { network, clock, pass } = await createQueue();
    const training = new TimedNetwork(network, clock, 'training');
    let finish = () => {};
    Object.assign(network, { evaluate: () => new Promise<void>((resolve) => (finish = resolve)) });
    const ask = async () => {
      const account = openAccount();
      await new TimedNetwork(network, clock, account).forward(image);
      return account.ms;
    };
    expect(await ask()).toBe(7);
    const evaluation = training.evaluate('test', new Uint32Array(1));
    const answer = ask();
    pass(65);
    expect(await answer).toBe(7);
    finish();
    await evaluation;
    expect(await ask()).toBe(7);
  });

  it('counts on after steps that are never reported', async () => {
    const { network, clock } = await createQueue();
    const lost = Object.assign(Object.create(network), { trainSteps: () => new Promise(() => {}) }) as Network;
    void new TimedNetwork(lost, clock, 'training').trainSteps([]);
    await new TimedNetwork(network, clock, 'training').trainSteps([]);
    const account = openAccount();
    await new TimedNetwork(network, clock, account).forward(image);
    expect(account.ms).toBe(7);
  });

  it('tells requests at a time apart, also where one asks on after an answer', async () => {
    const { network, clock } = await createQueue();
    const training = new TimedNetwork(network, clock, 'training');
    const askTwice = async () => {
      const account = openAccount();
      const asked = new TimedNetwork(network, clock, account);
      await asked.forward(image);
      const step = training.trainSteps([]);
      await Promise.all([asked.getWeights(), asked.getWeights()]);
      await step;
      return account.ms;
    };
    const askOnce = async () => {
      const account = openAccount();
      await new TimedNetwork(network, clock, account).getWeights();
      return account.ms;
    };
    const costs = await Promise.all([askTwice(), askOnce(), askOnce()]);
    expect(costs).toEqual([11, 2, 2]);
  });

  it('charges each account for its own questions, and none for what training asks', async () => {
    const { network, clock } = await createQueue();
    const [first, second] = [openAccount(), openAccount()];
    await new TimedNetwork(network, clock, 'training').getWeights();
    await new TimedNetwork(network, clock, first).getWeights();
    await new TimedNetwork(network, clock, second).forward(image);
    await new TimedNetwork(network, clock, first).getWeights();
    expect([first.ms, second.ms]).toEqual([4, 7]);
  });

  it('leaves properties, failures and the network itself as they are', async () => {
    const { network, clock } = await createQueue();
    const account = openAccount();
    const asked = new TimedNetwork(network, clock, account);
    expect(asked.normSlots).toBe(network.normSlots);
    await expect(asked.backward(new Float32Array(5), Uint8Array.of(0), false)).rejects.toThrow(/whole number/);
    asked.dispose();
    expect(Reflect.get(network, 'disposed')).toBe(true);
  });
});
