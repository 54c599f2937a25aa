import { PlaygroundError } from '../errors';
import type { Dataset } from './dataset';
import { download } from './download';
import { openMnistCache, type MnistCache } from './mnist-cache';
import { mnistDataset } from './mnist-dataset';
import { MNIST_FILES, MNIST_FOLDER, MNIST_MIRRORS, MNIST_PARTS, type MnistFile, type MnistPart } from './mnist-files';
import { isGzip, unpackVerified } from './packed';

export interface LoadMnistOptions {
  /** Address of the page, with trailing slash: its own copy is in `data/mnist/` below it. */
  baseUrl: string;
  /** Ends the loading; {@link loadMnist} then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** The share of all bytes received, 0..1; it never falls. */
  onProgress?: (fraction: number) => void;
  /** Gives up on a source after this many milliseconds without a byte. */
  stallMs?: number;
  /** What the browser provides; tests bring their own. */
  browser?: { fetch: typeof fetch; caches?: CacheStorage };
}

interface Found {
  bytes: Uint8Array<ArrayBuffer>;
  from: string;
}

/** What loading one file needs. */
interface Context {
  sources: readonly { name: string; url: string }[];
  cache: MnistCache | null;
  fetch: typeof fetch;
  stallMs: number;
  signal: AbortSignal;
  onFraction: (fraction: number) => void;
}

const OWN_COPY = "the page's own copy";

/**
 * Loads MNIST from the browser's cache, or else from the page's own folder, or else from the
 * mirrors, one after the other. Every byte is checked (SHA-256) before it is used or kept.
 * {@link Dataset.source} says where the images came from.
 * @throws PlaygroundError that lists what was tried and why each failed.
 */
export async function loadMnist(options: LoadMnistOptions): Promise<Dataset> {
  const browser = options.browser ?? {
    fetch: globalThis.fetch.bind(globalThis),
    caches: globalThis.caches,
  };
  // If one file cannot be loaded, loading the others stops.
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const onFraction = combinedProgress(options.onProgress);
  const shared = {
    sources: [{ name: OWN_COPY, url: new URL(MNIST_FOLDER, options.baseUrl).href }, ...MNIST_MIRRORS],
    cache: await openMnistCache(options.baseUrl, browser.caches),
    fetch: browser.fetch,
    stallMs: options.stallMs ?? 15_000,
    signal,
  };
  const load = async (part: MnistPart) =>
    [part, await loadFile(MNIST_FILES[part], { ...shared, onFraction: (f) => onFraction(part, f) })] as const;
  try {
    const found = Object.fromEntries(await Promise.all(MNIST_PARTS.map(load))) as Record<MnistPart, Found>;
    const bytes = Object.fromEntries(MNIST_PARTS.map((part) => [part, found[part].bytes])) as Record<
      MnistPart,
      Uint8Array
    >;
    return mnistDataset(bytes, describe(MNIST_PARTS.map((part) => found[part].from)));
  } finally {
    stop.abort();
  }
}

function describe(from: readonly string[]): string {
  return `60,000 training and 10,000 test images, from ${[...new Set(from)].join(' and ')}; checked by SHA-256.`;
}

async function loadFile(file: MnistFile, context: Context): Promise<Found> {
  const { cache, signal } = context;
  const kept = await fromCache(file, context);
  if (kept) return kept;
  const reasons: string[] = [];
  for (const source of context.sources) {
    try {
      const packed = await receive(file, `${source.url}${file.name}.gz`, context);
      const bytes = await unpackVerified(packed, file);
      context.onFraction(1);
      await cache?.put(file.sha256, packed, source.name);
      return { bytes, from: source.name };
    } catch (error) {
      signal.throwIfAborted();
      reasons.push(`${source.name}: ${error instanceof PlaygroundError ? error.what : String(error)}`);
    }
  }
  throw new PlaygroundError(`MNIST could not be loaded. Tried ${reasons.map(withoutStop).join('; ')}.`, {
    where: { file: file.name },
    remedy: 'Check the network and try again; generated digits work without it.',
  });
}

const withoutStop = (reason: string) => reason.replace(/\.$/, '');

/** The file from the cache, verified again: one that does not pass is dropped and fetched again. */
async function fromCache(file: MnistFile, { cache, onFraction }: Context): Promise<Found | null> {
  const kept = await cache?.get(file.sha256).catch(() => null);
  if (!kept) return null;
  try {
    const bytes = await unpackVerified(kept.bytes, file);
    onFraction(1);
    return { bytes, from: `${kept.from.replace(/, kept by the browser$/, '')}, kept by the browser` };
  } catch {
    await cache?.drop(file.sha256);
    return null;
  }
}

async function receive(
  file: MnistFile,
  url: string,
  { fetch, stallMs, signal, onFraction }: Context,
): Promise<Uint8Array<ArrayBuffer>> {
  let received = 0;
  let total = 0;
  const onPiece = (piece: Uint8Array, response: Response) => {
    // Content-Length counts packed bytes. If the browser unpacked them on the way, the size of the
    // file is used instead.
    if (received === 0)
      total = isGzip(piece) ? Number(response.headers.get('content-length')) || file.packedBytes : file.bytes;
    received += piece.length;
    onFraction(Math.min(1, received / total));
  };
  return download(url, { fetch, stallMs, signal, onPiece });
}

/**
 * Combines the fractions of all files into one, weighted by their usual sizes. It does not fall
 * when a file is started again.
 */
function combinedProgress(
  onProgress: ((fraction: number) => void) | undefined,
): (part: MnistPart, fraction: number) => void {
  const fractions = new Map<MnistPart, number>();
  const all = MNIST_PARTS.reduce((sum, part) => sum + MNIST_FILES[part].packedBytes, 0);
  return (part, fraction) => {
    fractions.set(part, Math.max(fraction, fractions.get(part) ?? 0));
    const sum = MNIST_PARTS.reduce(
      (total, each) => total + MNIST_FILES[each].packedBytes * (fractions.get(each) ?? 0),
      0,
    );
    onProgress?.(Math.min(1, sum / all));
  };
}
