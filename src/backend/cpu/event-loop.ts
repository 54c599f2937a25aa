/**
 * Lets messages and timers through, then resolves. A message channel, because browsers delay nested
 * zero-length timers by 4 ms, which would be felt between the steps of a small network.
 */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/**
 * A function to be awaited between pieces of long work: it yields when `interval` milliseconds have
 * passed since it last did.
 */
export function createBreather(interval: number): () => Promise<void> | void {
  let last = performance.now();
  return () => {
    if (performance.now() - last < interval) return;
    return yieldToEventLoop().then(() => {
      last = performance.now();
    });
  };
}
