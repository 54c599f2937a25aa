import type { Requests, RequestType } from '../../train/wire/protocol';

/** Asks the worker; rejects with a PlaygroundError. */
export type Ask = <T extends RequestType>(type: T, command: Requests[T]['command']) => Promise<Requests[T]['result']>;

/**
 * Makes a change that may begin another run. Training then continues if play was pressed before and
 * pause has not been pressed since.
 */
export type ResumeAfter = (change: () => Promise<unknown>) => Promise<void>;
