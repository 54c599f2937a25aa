import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasMnistFiles, loadMnistFromDisk, PUBLIC_MNIST } from '../src/data/load-node';
import { placeMnist } from './place-data';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mnist-'));
});
afterEach(() => rm(folder, { recursive: true }));
const quiet = () => undefined;

describe('placeMnist', () => {
  it('says which file a folder lacks, and leaves nothing behind', async () => {
    const target = join(folder, 'target');
    await expect(placeMnist(folder, target, quiet)).rejects.toThrow(/train-images-idx3-ubyte: not found.*--from/s);
    expect(await readdir(target)).toEqual([]);
  });

  it('reports missing files as missing', async () => {
    expect(hasMnistFiles(folder)).toBe(false);
    expect(await loadMnistFromDisk(folder)).toBeNull();
  });

  describe.skipIf(!hasMnistFiles())('with the real files', { timeout: 60_000 }, () => {
    it('copies them, and replaces a damaged one', async () => {
      const printed: string[] = [];
      await placeMnist(PUBLIC_MNIST, folder, (line) => printed.push(line));
      expect(printed.filter((line) => line.includes('verified'))).toHaveLength(4);
      const damaged = join(folder, 't10k-labels-idx1-ubyte.gz');
      await writeFile(damaged, 'rubbish');
      await placeMnist(PUBLIC_MNIST, folder, quiet);
      expect(await readFile(damaged)).toEqual(await readFile(join(PUBLIC_MNIST, 't10k-labels-idx1-ubyte.gz')));
    });

    it('refuses a folder whose file is another', async () => {
      const from = join(folder, 'from');
      await cp(PUBLIC_MNIST, from, { recursive: true });
      await cp(join(from, 't10k-images-idx3-ubyte.gz'), join(from, 'train-images-idx3-ubyte.gz'));
      await expect(placeMnist(from, join(folder, 'target'), quiet)).rejects.toThrow(
        /7840016 bytes unpacked; MNIST's has 47040016/,
      );
    });
  });
});
