import type { Playground } from '../../client/playground-client';
import { createConsole } from './create-console';

/** Makes the scripting interface available as `window.playground`. */
export function installConsole(target: Window, playground: Playground): void {
  const api = createConsole(playground);
  // A script that does not await `ready` must not be told of its rejection: the page shows it.
  api.ready.catch(() => undefined);
  target.playground = api;
}
