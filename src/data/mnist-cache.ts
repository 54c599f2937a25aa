/** Keeps the files of MNIST in the browser, so that a second visit needs no network. */
export interface MnistCache {
  get(key: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; from: string } | null>;
  /** @param from name of the source the bytes came from */
  put(key: string, bytes: Uint8Array<ArrayBuffer>, from: string): Promise<void>;
  drop(key: string): Promise<void>;
}

const NAME = 'mnist-v1';
const FROM = 'x-from';

/**
 * Opens the browser's Cache Storage; null if there is none (plain http, some private windows).
 * Storing is a convenience: if it fails, for example for lack of space, the page goes on without
 * it.
 * @param baseUrl address of the page: keys are addresses below it
 */
export async function openMnistCache(
  baseUrl: string,
  storage: CacheStorage | undefined = globalThis.caches,
): Promise<MnistCache | null> {
  const cache = await storage?.open(NAME).catch(() => null);
  if (!cache) return null;
  const address = (key: string) => new URL(`cached/mnist/${key}`, baseUrl).href;
  return {
    async get(key) {
      const response = await cache.match(address(key)).catch(() => undefined);
      if (!response) return null;
      return {
        bytes: new Uint8Array(await response.arrayBuffer()),
        from: response.headers.get(FROM) ?? 'an earlier visit',
      };
    },
    async put(key, bytes, from) {
      await cache.put(address(key), new Response(bytes, { headers: { [FROM]: from } })).catch(() => undefined);
    },
    async drop(key) {
      await cache.delete(address(key)).catch(() => undefined);
    },
  };
}
