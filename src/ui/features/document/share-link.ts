import { at } from '../../../at';
import { PlaygroundError } from '../../../errors';
import { formatExact } from '../../kit/words/format';
import { parseDocument, type PlaygroundDocument } from './document';

const KEY = '#m=';
const VERSION = '1';
/** Mail programs and chats cut longer links. */
export const LONGEST_LINK = 8000;
/**
 * The limit in bytes for an unpacked document. It is far more than any network of 200 layers needs.
 * Without it, a link of the greatest length could unpack to a thousand times its size.
 */
const MOST_BYTES = 2 ** 20;

const BROKEN = 'Ask for the link again, or for the network as a file. The page opened as usual.';

/**
 * Puts the document into a link to this page: `#m=1.` and its JSON, deflated, in base64url.
 * @param page the address of the page; everything from its `#` on is replaced
 */
export async function linkTo(document: PlaygroundDocument, page: string): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  const packed = await collected(streamOf(bytes).pipeThrough(new CompressionStream('deflate-raw')));
  const base64 = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(''));
  const payload = base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return `${page.split('#', 1)[0]}${KEY}${VERSION}.${payload}`;
}

/**
 * Whether this part of an address contains a network.
 * @param hash with its `#`
 */
export const isLink = (hash: string): boolean => hash.startsWith(KEY);

/**
 * Reads the document in an address.
 * @param hash the part of the address from its `#` on
 * @throws PlaygroundError that says why the document cannot be opened.
 */
export async function readLink(hash: string): Promise<PlaygroundDocument> {
  const match = /^#m=(\d{1,6})\.(.*)$/s.exec(hash);
  if (!match) throw broken();
  const [version, payload] = [at(match, 1), at(match, 2)];
  if (version !== VERSION) {
    throw new PlaygroundError('the network in the link was made by a later version of this page.', {
      remedy: 'Load the page again to get the newest version, then open the link once more.',
    });
  }
  if (hash.length > LONGEST_LINK) {
    const length = formatExact(hash.length);
    throw new PlaygroundError(`the network in the link is too long: ${length} characters.`, {
      remedy: 'Ask for it as a file instead.',
    });
  }
  const bytes = await inflated(payload);
  try {
    return parseDocument(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (error) {
    throw broken(error);
  }
}

async function inflated(payload: string): Promise<Uint8Array> {
  if (!/^[\w-]+$/.test(payload)) throw broken();
  try {
    const binary = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return await collected(streamOf(bytes).pipeThrough(new DecompressionStream('deflate-raw')));
  } catch (error) {
    throw error instanceof PlaygroundError ? error : broken(error);
  }
}

function broken(cause?: unknown): PlaygroundError {
  // The contents are checked like a file. The error of that check says more than that the link is
  // broken, so it is included.
  const why = cause instanceof PlaygroundError ? ` (${cause.message.replace(/\.$/, '')})` : '';
  return new PlaygroundError(`the network in the link cannot be read${why}: the link is damaged or was cut off.`, {
    remedy: BROKEN,
    cause,
  });
}

const streamOf = (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes]).stream();

/**
 * Collects all bytes of a stream.
 * @throws PlaygroundError as soon as there are more bytes than a network can have.
 */
async function collected(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Uint8Array> {
  const reader = stream.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    length += value.length;
    if (length > MOST_BYTES) {
      await reader.cancel();
      throw new PlaygroundError('the network in the link is far too large.', { remedy: BROKEN });
    }
    parts.push(value);
  }
}
