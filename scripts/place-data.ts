import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PlaygroundError } from '../src/errors';
import { download } from '../src/data/download';
import { PUBLIC_MNIST } from '../src/data/load-node';
import { MNIST_FILES, MNIST_MIRRORS, type MnistFile } from '../src/data/mnist-files';
import { isGzip, unpackVerified } from '../src/data/packed';

const USAGE = `Puts the four files of MNIST into public/data/mnist/, so that the page carries its own.
  npm run data                  downloads them
  npm run data -- --from DIR    takes them from a folder`;

type Bytes = Uint8Array<ArrayBuffer>;
/** One place to get a file from. */
interface Source {
  name: string;
  get(file: MnistFile): Promise<Bytes>;
}

function folderSource(folder: string): Source {
  return {
    name: folder,
    get: async (file) =>
      new Uint8Array(await readFile(join(folder, `${file.name}.gz`)).catch(() => readFile(join(folder, file.name)))),
  };
}

const mirrorSources: Source[] = MNIST_MIRRORS.map(({ name, url }) => ({
  name,
  get: (file) => download(`${url}${file.name}.gz`, { fetch, stallMs: 15_000 }),
}));

/**
 * Gets a file from the first source that has the right one. Returns the packed bytes and the name
 * of the source.
 */
async function obtain(file: MnistFile, sources: readonly Source[]): Promise<{ packed: Bytes; from: string }> {
  const reasons: string[] = [];
  for (const source of sources) {
    try {
      const bytes = await source.get(file);
      const unpacked = await unpackVerified(bytes, file);
      return { packed: isGzip(bytes) ? bytes : await pack(unpacked), from: source.name };
    } catch (error) {
      reasons.push(`  ${source.name}: ${error instanceof PlaygroundError ? error.what : String(error)}`);
    }
  }
  throw new PlaygroundError(`not found in any place.\n${reasons.join('\n')}\n`, {
    where: { file: file.name },
    remedy: 'Try again later, or download it elsewhere and name its folder with --from DIR.',
  });
}

async function pack(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(
    await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer(),
  );
}

/**
 * Places and verifies all four files.
 * @param from a folder that holds them, packed (`.gz`) or not; undefined: download
 * @throws PlaygroundError naming the file and every place tried.
 */
export async function placeMnist(
  from?: string,
  into = PUBLIC_MNIST,
  say: (line: string) => void = console.log,
): Promise<void> {
  const sources = from === undefined ? mirrorSources : [folderSource(resolve(from))];
  await mkdir(into, { recursive: true });
  for (const file of Object.values<MnistFile>(MNIST_FILES)) {
    const target = join(into, `${file.name}.gz`);
    const { packed, from: source } = await obtain(file, [folderSource(into), ...sources]);
    if (source === into) {
      say(`${file.name}: already there, verified.`);
      continue;
    }
    // Writes to another name first: an interrupted run leaves no half-written file.
    await writeFile(`${target}.part`, packed);
    await rename(`${target}.part`, target);
    say(`${file.name}: ${(packed.length / 1e6).toFixed(2)} MB from ${source}, verified.`);
  }
  say(`MNIST is in ${into}`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { from: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help) return console.log(USAGE);
  await placeMnist(values.from);
}

if (process.argv[1] && import.meta.filename === resolve(process.argv[1])) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    if (!(error instanceof PlaygroundError)) console.error(USAGE);
    process.exitCode = 1;
  });
}
