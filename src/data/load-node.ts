import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Dataset } from './dataset';
import { mnistDataset } from './mnist-dataset';
import { MNIST_FILES, MNIST_FOLDER, MNIST_PARTS, type MnistPart } from './mnist-files';
import { unpackVerified } from './packed';

// For scripts and tests only: code that runs in the browser must not import this.

/** `public/data/mnist/`, where `npm run data` puts the files. */
export const PUBLIC_MNIST = fileURLToPath(new URL(`../../public/${MNIST_FOLDER}`, import.meta.url));

/** Whether all four files of MNIST are there. It does not check their content. */
export function hasMnistFiles(folder = PUBLIC_MNIST): boolean {
  return MNIST_PARTS.every((part) => existsSync(join(folder, `${MNIST_FILES[part].name}.gz`)));
}

/**
 * MNIST from files on disk; null where one is missing.
 * @throws PlaygroundError where one is not what it should be.
 */
export async function loadMnistFromDisk(folder = PUBLIC_MNIST): Promise<Dataset | null> {
  if (!hasMnistFiles(folder)) return null;
  const read = async (part: MnistPart) => {
    const file = MNIST_FILES[part];
    return [part, await unpackVerified(new Uint8Array(await readFile(join(folder, `${file.name}.gz`))), file)] as const;
  };
  const files = Object.fromEntries(await Promise.all(MNIST_PARTS.map(read))) as Record<MnistPart, Uint8Array>;
  return mnistDataset(files, `Files in ${folder}.`);
}
