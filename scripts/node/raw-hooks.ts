import { readFile } from 'node:fs/promises';
import type { LoadHook } from 'node:module';

/**
 * A hook of Node's module loader, in a thread of its own: what Vite calls `./file?raw` is the text
 * of that file as the default export.
 */
export const load: LoadHook = async (url, context, nextLoad) => {
  if (!url.startsWith('file:') || !url.endsWith('?raw')) return nextLoad(url, context);
  const text = await readFile(new URL(url), 'utf8');
  return { format: 'module', source: `export default ${JSON.stringify(text)};`, shortCircuit: true };
};
