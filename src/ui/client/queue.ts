/**
 * Runs tasks one after the other, in the order added. A task that fails does not stop those after
 * it.
 */
export function createQueue() {
  let last: Promise<unknown> = Promise.resolve();
  return {
    /** Resolves or rejects with what the task does. */
    add<T>(task: () => Promise<T>): Promise<T> {
      const result = last.then(task);
      last = result.catch(() => undefined);
      return result;
    },
    /** Resolves when everything added so far is done, well or badly. */
    idle: (): Promise<unknown> => last,
  };
}

export type Queue = ReturnType<typeof createQueue>;
