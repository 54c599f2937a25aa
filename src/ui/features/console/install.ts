import type { Playground } from '../../client/playground-client';
import { createConsole } from './create-console';

/** Makes the scripting interface available as `window.playground`. */
export function installConsole(target: Window, playground: Playground): void {
  const api = createConsole(playground);
  // The page shows the failure, so a script that does not await `ready` need not hear of an
  // unhandled rejection.
  api.ready.catch(() => undefined);
  target.playground = api;
}
