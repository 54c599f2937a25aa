import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasMnistFiles, loadMnistFromDisk, PUBLIC_MNIST } from './load-node';
import { loadMnist } from './mnist';
import { fakeCaches, fakeNetwork, type Answer } from './fake-network.test-helper';

const BASE = 'https://page.example/some/path/';
const HTML = () =>
  new Response('<!doctype html><title>CNN Playground</title>', { headers: { 'content-type': 'text/html' } });
const missing: Answer = () => new Response('no', { status: 404 });
const broken: Answer = () => Promise.reject(new TypeError('Failed to fetch'));
const silent: Answer = () => new Promise(() => undefined);
const stalling: Answer = () =>
  new Response(new ReadableStream({ start: (controller) => controller.enqueue(Uint8Array.of(0x1f, 0x8b)) }));

const load = (
  network: ReturnType<typeof fakeNetwork>,
  more: Partial<Parameters<typeof loadMnist>[0]> = {},
  caches?: CacheStorage,
) => loadMnist({ baseUrl: BASE, browser: { fetch: network.fetch, caches }, ...more });

describe('loadMnist without a source that works', () => {
  it('tries the own copy, then both mirrors, and says why each failed', async () => {
    const network = fakeNetwork({ own: missing, jsdelivr: () => new Response('', { status: 503 }), github: broken });
    const failure = await load(network).then(
      () => null,
      (error: unknown) => String(error),
    );
    expect(failure).toMatch(
      new RegExp(
        'own copy: not there \\(HTTP 404\\); cdn\\.jsdelivr\\.net: the server answers HTTP 503; ' +
          'raw\\.githubusercontent\\.com: the connection failed',
      ),
    );
    expect(network.asked.slice(0, 1)).toEqual([`${BASE}data/mnist/train-images-idx3-ubyte.gz`]);
    expect(network.asked).toContain('https://cdn.jsdelivr.net/gh/fgnt/mnist@master/train-images-idx3-ubyte.gz');
    expect(network.asked).toContain('https://raw.githubusercontent.com/fgnt/mnist/master/train-images-idx3-ubyte.gz');
  });

  it.each([
    ['a page instead of the file', HTML, /web page, not the file/],
    ['an empty file', () => new Response(new Uint8Array(0)), /the file is empty/],
    ['something else', () => new Response(new Uint8Array(100)), /has 100 bytes unpacked; MNIST's has/],
    ['a damaged archive', () => new Response(Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3)), /compressed file is damaged/],
    ['a server that never answers', silent, /no answer for 0\.05 s/],
    ['a transfer that stops', stalling, /no answer for 0\.05 s/],
  ])('recognises %s', async (_, answer, reason) => {
    await expect(load(fakeNetwork({ own: answer, jsdelivr: answer, github: answer }), { stallMs: 50 })).rejects.toThrow(
      reason,
    );
  });

  it('ends at once when told to, with the reason given', async () => {
    const stop = new AbortController();
    const loading = load(fakeNetwork({ own: silent, jsdelivr: silent, github: silent }), {
      signal: stop.signal,
      stallMs: 60_000,
    });
    setTimeout(() => stop.abort(new Error('enough')), 10);
    await expect(loading).rejects.toThrow('enough');
  });
});

describe.skipIf(!hasMnistFiles())('with the real files of public/data/mnist', { timeout: 60_000 }, () => {
  const file = (url: string) => readFile(join(PUBLIC_MNIST, new URL(url).pathname.split('/').at(-1)!));
  const good: Answer = async (url) => new Response(new Uint8Array(await file(url)));
  const corrupt: Answer = async (url) => {
    const bytes = new Uint8Array(await file(url));
    bytes[bytes.length >> 1]! ^= 1;
    return new Response(bytes);
  };

  it('reads and verifies them from disk', async () => {
    const dataset = (await loadMnistFromDisk())!;
    expect([dataset.train.labels.length, dataset.test.labels.length]).toEqual([60_000, 10_000]);
    expect([...dataset.train.labels.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
    expect(dataset.test.images).toHaveLength(10_000 * 784);
  });

  it('prefers the own copy, reports progress, and says where it is from', async () => {
    const network = fakeNetwork({ own: good, jsdelivr: missing, github: missing });
    const progress: number[] = [];
    const dataset = await load(network, { onProgress: (fraction) => progress.push(fraction) });
    expect(dataset.source).toContain("the page's own copy");
    expect(network.asked).toHaveLength(4);
    expect(progress.at(-1)).toBeCloseTo(1, 6);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });

  it('goes on to a mirror where the own copy is a page, and past a corrupt mirror', async () => {
    const dataset = await load(fakeNetwork({ own: HTML, jsdelivr: corrupt, github: good }));
    expect(dataset.source).toContain('raw.githubusercontent.com');
    expect(dataset.train.labels).toHaveLength(60_000);
  });

  it('takes files that the browser unpacked on the way', async () => {
    const unpacked: Answer = async (url) =>
      new Response((await good(url)).body!.pipeThrough(new DecompressionStream('gzip')));
    const network = fakeNetwork({ own: unpacked, jsdelivr: missing, github: missing });
    const dataset = await loadMnist({ baseUrl: BASE, browser: { fetch: network.fetch } });
    expect(dataset.test.labels).toHaveLength(10_000);
  });

  it('keeps verified files, needs no network then, and replaces a corrupt kept one', async () => {
    const caches = fakeCaches();
    await load(fakeNetwork({ own: missing, jsdelivr: good, github: missing }), {}, caches.storage);
    expect(caches.entries.size).toBe(4);
    const offline = fakeNetwork({ own: broken, jsdelivr: broken, github: broken });
    expect((await load(offline, {}, caches.storage)).source).toContain('cdn.jsdelivr.net, kept by the browser');
    expect(offline.asked).toEqual([]);

    const [key] = caches.entries.keys();
    caches.entries.set(key!, new Response('rubbish'));
    const again = fakeNetwork({ own: good, jsdelivr: missing, github: missing });
    await load(again, {}, caches.storage);
    expect(again.asked).toHaveLength(1);
    expect((await caches.entries.get(key!)!.clone().arrayBuffer()).byteLength).toBeGreaterThan(1000);
  });

  it('never keeps what did not pass, and does without a cache that fails', async () => {
    const caches = fakeCaches();
    await expect(
      load(fakeNetwork({ own: corrupt, jsdelivr: corrupt, github: corrupt }), {}, caches.storage),
    ).rejects.toThrow();
    expect(caches.entries.size).toBe(0);
    const denied = {
      open: () => Promise.reject(new DOMException('denied', 'SecurityError')),
    } as unknown as CacheStorage;
    const network = fakeNetwork({ own: good, jsdelivr: missing, github: missing });
    expect((await load(network, {}, denied)).id).toBe('mnist');
  });
});
