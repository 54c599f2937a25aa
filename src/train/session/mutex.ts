/** Lets changes happen one after the other, in the order in which they were asked for. */
export class Mutex {
  private last: Promise<unknown> = Promise.resolve();

  /** Runs a change after all those before it, whether they succeeded or not. */
  run<T>(change: () => Promise<T>): Promise<T> {
    const result = this.last.then(change);
    this.last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when the changes asked for so far are done. */
  async idle(): Promise<void> {
    await this.last;
  }
}
