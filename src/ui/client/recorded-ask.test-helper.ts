import type { PlaygroundError } from '../../errors';
import type { Requests, RequestType } from '../../train/wire/protocol';
import type { Ask } from './ask';

/** A request as the worker would have received it, to be answered by the test. */
export interface Asked {
  type: RequestType;
  command: Requests[RequestType]['command'];
  resolve(result: unknown): void;
  reject(error: PlaygroundError): void;
}

/**
 * The worker's end of the line: keeps what was asked, in order. @param auto answers these at once,
 * with nothing to say
 */
export function recordedAsk(auto: readonly RequestType[] = []) {
  const asked: Asked[] = [];
  const ask: Ask = (type, command) =>
    new Promise((resolve, reject) => {
      asked.push({ type, command, resolve: resolve as Asked['resolve'], reject });
      if (auto.includes(type)) (resolve as Asked['resolve'])(type === 'setModel' ? { parameters: 0, kept: [] } : null);
    });
  return { ask, asked, types: () => asked.map(({ type }) => type) };
}

/** Lets everything that waits only for settled promises run. */
export const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
