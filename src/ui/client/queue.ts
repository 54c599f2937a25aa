/**
 * Runs tasks one after the other, in the order in which they were added. A failed task does not
 * stop the tasks after it.
 */
export function createQueue() {
  let last: Promise<unknown> = Promise.resolve();
  return {
    /** Settles like the promise of the task. */
    add<T>(task: () => Promise<T>): Promise<T> {
      const result = last.then(task);
      last = result.catch(() => undefined);
      return result;
    },
    /** Resolves when all tasks added so far have ended, whether they succeeded or failed. */
    idle: (): Promise<unknown> => last,
  };
}

export type Queue = ReturnType<typeof createQueue>;
