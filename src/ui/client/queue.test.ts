import { expect, it } from 'vitest';
import { createQueue } from './queue';

/** A promise that the test settles. */
function deferred() {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

it('runs one task at a time, in the order added', async () => {
  const queue = createQueue();
  const first = deferred();
  const log: string[] = [];
  const one = queue.add(async () => {
    log.push('one begins');
    await first.promise;
    log.push('one ends');
    return 1;
  });
  const two = queue.add(async () => {
    log.push('two');
    return 2;
  });
  await Promise.resolve();
  expect(log).toEqual(['one begins']);
  first.resolve();
  expect(await Promise.all([one, two])).toEqual([1, 2]);
  expect(log).toEqual(['one begins', 'one ends', 'two']);
});

it('goes on after a task that fails, and tells only who added it', async () => {
  const queue = createQueue();
  const bad = queue.add(() => Promise.reject(new Error('no')));
  const good = queue.add(async () => 'yes');
  await expect(bad).rejects.toThrow('no');
  expect(await good).toBe('yes');
});

it('is idle when everything added so far is done, well or badly', async () => {
  const queue = createQueue();
  const gate = deferred();
  let idle = false;
  const failing = queue.add(() => gate.promise.then(() => Promise.reject(new Error('no'))));
  const waiting = queue.idle().then(() => (idle = true));
  await Promise.resolve();
  expect(idle).toBe(false);
  gate.resolve();
  await expect(failing).rejects.toThrow('no');
  await waiting;
  expect(idle).toBe(true);
});
