/** Runs changes one after the other, in the order in which they were requested. */
export class Mutex {
  private last: Promise<unknown> = Promise.resolve();

  /** Runs a change after all earlier changes, whether they succeeded or not. */
  run<T>(change: () => Promise<T>): Promise<T> {
    const result = this.last.then(change);
    this.last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when all changes requested so far are done. */
  async idle(): Promise<void> {
    await this.last;
  }
}
