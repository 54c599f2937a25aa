import { PlaygroundError } from '../errors';
import type { MnistFile } from './mnist-files';
import { sha256 } from './sha256';

const GZIP_MAGIC = [0x1f, 0x8b];

/** Whether the bytes begin like a gzip file (RFC 1952, section 2.3.1). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === GZIP_MAGIC[0] && bytes[1] === GZIP_MAGIC[1];
}

/**
 * Whether the bytes are a web page: many servers send one, with status 200, instead of a file they
 * do not have.
 */
export function isWebPage(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes.subarray(0, 64)).trimStart().startsWith('<');
}

/**
 * Unpacks a gzip file. Bytes that are not gzip are returned as they are: servers that send a `.gz`
 * file with `Content-Encoding: gzip` make the browser unpack it on the way.
 * @throws PlaygroundError for a damaged archive.
 */
export async function unpack(bytes: Uint8Array<ArrayBuffer>, file: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!isGzip(bytes)) return bytes;
  try {
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch (cause) {
    throw new PlaygroundError('the compressed file is damaged or incomplete.', {
      where: { file },
      remedy: 'Get it again.',
      cause,
    });
  }
}

/**
 * Unpacks one file of MNIST and verifies that it is that file.
 * @throws PlaygroundError saying what it is instead.
 */
export async function unpackVerified(
  packed: Uint8Array<ArrayBuffer>,
  file: MnistFile,
): Promise<Uint8Array<ArrayBuffer>> {
  const fail = (what: string) => new PlaygroundError(what, { where: { file: file.name }, remedy: 'Get it again.' });
  if (packed.length === 0) throw fail('the file is empty.');
  if (isWebPage(packed)) throw fail('this is a web page, not the file: the server does not have it.');
  const bytes = await unpack(packed, file.name);
  if (bytes.length !== file.bytes) throw fail(`it has ${bytes.length} bytes unpacked; MNIST's has ${file.bytes}.`);
  const found = sha256(bytes);
  if (found !== file.sha256)
    throw fail(`its content is not MNIST's (SHA-256 ${found.slice(0, 12)}…, expected ${file.sha256.slice(0, 12)}…).`);
  return bytes;
}
