/**
 * Lets messages and timers through, then resolves. It uses a message channel, because browsers
 * delay nested zero-length timers by 4 ms, which would slow down the steps of a small network.
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
 * Creates a function to await between pieces of long work. It yields when `interval` milliseconds
 * have passed since it last yielded.
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
