import { engineFactories } from '../../src/backend/open-backend.ts';
import { customDataset } from '../../src/data/custom.ts';
import { generateDigits } from '../../src/data/generated/index.ts';
import { Session } from '../../src/train/session/session.ts';
import { dispatch } from '../../src/train/dispatch.ts';
import { openAccount } from '../../src/train/loop/work-clock.ts';
import type { Command, Requests, RequestType, WorkerEvent } from '../../src/train/wire/protocol.ts';
import { openDawn } from './dawn.ts';
import { requireMnist } from './mnist.ts';

/** The session of the page's worker, in Node. */
export interface NodeSession {
  /** Asks for what the page asks its worker for. Rejects with a PlaygroundError. */
  request<T extends RequestType>(type: T, command: Requests[T]['command']): Promise<Requests[T]['result']>;
  close(): void;
}

/** @param onEvent hears what the worker would tell the page */
export function createNodeSession(onEvent: (event: WorkerEvent) => void): NodeSession {
  // Dawn ends with the last reference to it, also under a device that is in use; and Node does not
  // end before Dawn has.
  const held: { gpu?: GPU } = {};
  const session = new Session({
    factories: {
      ...engineFactories({ gpu: undefined }),
      webgpu: async () => engineFactories({ gpu: (held.gpu ??= await openDawn()) }).webgpu(),
    },
    sources: { mnist: requireMnist, generated: async () => generateDigits(), custom: customDataset },
    emit: onEvent,
  });
  let id = 0;
  return {
    request: <T extends RequestType>(type: T, command: Requests[T]['command']) =>
      dispatch(session, { ...command, type, id: ++id } as Command, openAccount()),
    close() {
      session.host.close();
      delete held.gpu;
    },
  };
}
