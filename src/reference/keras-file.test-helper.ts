import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Beside the project, where somebody keeps them: figures that Keras and TensorFlow.js computed. */
const FILE = fileURLToPath(new URL('../../../shared/fixtures/keras-layers.json', import.meta.url));

/** The cases as JSON, for {@link kerasCases}; null where they are not kept. */
export function readKerasCases(): string | null {
  return existsSync(FILE) ? readFileSync(FILE, 'utf8') : null;
}
