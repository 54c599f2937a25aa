import { PlaygroundError } from '../errors';

export interface DownloadOptions {
  fetch: typeof fetch;
  /** Gives up after this many milliseconds without a byte. */
  stallMs: number;
  signal?: AbortSignal;
  /** Called with every piece that arrives. */
  onPiece?: (piece: Uint8Array, response: Response) => void;
}

/**
 * Returns the body of a GET request. The time limit is for silence, not for the whole download, so
 * a slow line is not an error.
 * @throws PlaygroundError with the reason in plain words; or the signal's reason once it is
 * aborted.
 */
export async function download(
  url: string,
  { fetch, stallMs, signal, onPiece }: DownloadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  signal?.throwIfAborted();
  const stall = new AbortController();
  let timer = setTimeout(() => stall.abort(), stallMs);
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stall.abort(), stallMs);
  };
  // Raced as well as passed to fetch: a reader that ignores the signal must not block.
  const silence = new Promise<never>((_, reject) => {
    const give = () =>
      reject(signal?.aborted ? (signal.reason as Error) : failure(`no answer for ${stallMs / 1000} s`, url));
    stall.signal.addEventListener('abort', give, { once: true });
  });
  const stop = () => stall.abort();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const receive = async () => {
      const response = await request(url, fetch, stall.signal);
      return readAll(response, (piece) => {
        restart();
        onPiece?.(piece, response);
      });
    };
    return await Promise.race([receive(), silence]);
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof PlaygroundError) throw cause;
    throw failure('the connection failed', url, cause);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    stall.abort();
  }
}

async function request(url: string, fetch: DownloadOptions['fetch'], signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { signal, credentials: 'same-origin' });
  if (response.ok) return response;
  throw failure(response.status === 404 ? 'not there (HTTP 404)' : `the server answers HTTP ${response.status}`, url);
}

async function readAll(response: Response, onPiece: (piece: Uint8Array) => void): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    pieces.push(next.value);
    onPiece(next.value);
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

function failure(what: string, file: string, cause?: unknown): PlaygroundError {
  return new PlaygroundError(what, { where: { file }, cause });
}
