import type { PlaygroundError } from '../../errors';
import type { Requests, RequestType } from '../../train/wire/protocol';
import type { Ask } from './ask';

/** A request that the worker would have received. The test answers it. */
export interface Asked {
  type: RequestType;
  command: Requests[RequestType]['command'];
  resolve(result: unknown): void;
  reject(error: PlaygroundError): void;
}

/**
 * Replaces the worker: records the requests in order.
 * @param auto types of requests that get an empty answer at once
 */
export function recordedAsk(auto: readonly RequestType[] = []) {
  const asked: Asked[] = [];
  const ask: Ask = (type, command) =>
    new Promise((resolve, reject) => {
      const answer: Asked['resolve'] = resolve;
      asked.push({ type, command, resolve: answer, reject });
      if (auto.includes(type)) answer(type === 'setModel' ? { parameters: 0, kept: [] } : null);
    });
  return { ask, asked, types: () => asked.map(({ type }) => type) };
}

/** Runs everything that waits only for settled promises. */
export const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
