/**
 * Replaces the network in the tests of the loader: a `fetch` with three hosts, and a Cache Storage
 * in memory.
 */
export type Answer = (url: string) => Response | Promise<Response>;

/**
 * A network where the page's own host and the two mirrors give these answers. `asked` lists the
 * addresses in order.
 */
export function fakeNetwork(hosts: { own: Answer; jsdelivr: Answer; github: Answer }) {
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (input) => {
    const url = input instanceof Request ? input.url : String(input);
    asked.push(url);
    if (url.startsWith('https://cdn.jsdelivr.net/')) return hosts.jsdelivr(url);
    if (url.startsWith('https://raw.githubusercontent.com/')) return hosts.github(url);
    return hosts.own(url);
  };
  return { fetch, asked };
}

/** The part of Cache Storage that the loader uses. */
export function fakeCaches() {
  const entries = new Map<string, Response>();
  const cache = {
    match: async (key: string) => entries.get(key)?.clone(),
    put: async (key: string, response: Response) => void entries.set(key, response),
    delete: async (key: string) => entries.delete(key),
  };
  return { entries, storage: { open: async () => cache } as unknown as CacheStorage };
}
