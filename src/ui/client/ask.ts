import type { Requests, RequestType } from '../../train/wire/protocol';

/** Asks the worker; rejects with a PlaygroundError. */
export type Ask = <T extends RequestType>(type: T, command: Requests[T]['command']) => Promise<Requests[T]['result']>;

/**
 * Makes a change that begins a new run, and goes on training if the page was training until paused.
 */
export type KeepRunning = (change: () => Promise<unknown>) => Promise<void>;
