import type { Dataset } from '../../src/data/dataset.ts';
import { loadMnistFromDisk } from '../../src/data/load-node.ts';
import { PlaygroundError } from '../../src/errors.ts';

/** MNIST from `public/data/mnist/`. @throws PlaygroundError if it is not there. */
export async function requireMnist(): Promise<Dataset> {
  const mnist = await loadMnistFromDisk();
  if (mnist) return mnist;
  throw new PlaygroundError('the MNIST files are not in public/data/mnist/.', { remedy: 'Run: npm run data' });
}
