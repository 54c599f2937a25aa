import { errorFrom, PlaygroundError } from '../../errors';
import type { Requests, RequestType, WorkerEvent } from './protocol';

/** The page's connection to the training worker. */
export interface TrainClient {
  /** Sends a request. Rejects with a PlaygroundError if the worker fails, or dies first. */
  request<T extends RequestType>(type: T, command: Requests[T]['command']): Promise<Requests[T]['result']>;
  /** Ends the worker; requests still open are rejected. */
  dispose(): void;
}

/** The part of a Worker that the client needs. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

interface Pending {
  resolve: (result: unknown) => void;
  reject: (error: PlaygroundError) => void;
}

/**
 * Connects to the training worker.
 * @param onEvent receives all events except the answers to requests and events of ended runs
 * @param onWork receives, for each answer, how many milliseconds it kept the worker from training;
 * it is called before the request resolves
 */
export function createTrainClient(
  onEvent: (event: WorkerEvent) => void,
  worker: WorkerLike,
  onWork: (ms: number) => void = () => undefined,
): TrainClient {
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let latestRun = 0;
  let death: PlaygroundError | null = null;

  const fail = (error: PlaygroundError) => {
    death = error;
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };
  const settle = (id: number, how: (request: Pending) => void) => {
    const request = pending.get(id);
    pending.delete(id);
    if (request) how(request);
  };
  const receive = ({ data: event }: MessageEvent<WorkerEvent>) => {
    if (event.type === 'reply') {
      onWork(event.ms);
      return settle(event.id, ({ resolve }) => resolve(event.result));
    }
    if (event.type === 'failure') return settle(event.id, ({ reject }) => reject(errorFrom(event.error)));
    if (belongsToRun(event) && event.runId < latestRun) return;
    latestRun = Math.max(latestRun, event.runId);
    onEvent(event);
  };
  const onError = (event: Event) => {
    event.preventDefault();
    const error = workerError(event);
    // This comes first, because a listener that throws must not leave requests open.
    fail(error);
    onEvent({
      type: 'problem',
      runId: latestRun,
      error: { what: error.what, where: {}, remedy: error.remedy },
      fatal: true,
    });
  };
  worker.addEventListener('message', receive as EventListener);
  worker.addEventListener('error', onError);
  worker.addEventListener('messageerror', onError);

  return {
    request<T extends RequestType>(type: T, command: Requests[T]['command']) {
      return new Promise<Requests[T]['result']>((resolve, reject) => {
        if (death) return reject(death);
        const id = nextId++;
        // The map loses the type of the request; the id still pairs the answer with its request.
        pending.set(id, { resolve: resolve as Pending['resolve'], reject });
        try {
          worker.postMessage({ ...withPage(type), ...command, type, id });
        } catch (error) {
          settle(id, (request) => request.reject(notSendable(type, error)));
        }
      });
    },
    dispose() {
      worker.terminate();
      fail(new PlaygroundError('training was ended.'));
    },
  };
}

/** Whether an event has no meaning after its run has ended. */
function belongsToRun({ type }: WorkerEvent): boolean {
  const types: WorkerEvent['type'][] = [
    'run',
    'state',
    'metrics',
    'evaluation',
    'diagnostics',
    'liveSettings',
    'halted',
  ];
  return types.includes(type);
}

/** The data may lie beside the page, whose address the worker cannot know. */
const withPage = (type: RequestType) =>
  type === 'start' && typeof document !== 'undefined' ? { baseUrl: document.baseURI } : {};

function workerError(event: Event): PlaygroundError {
  const message = 'message' in event && typeof event.message === 'string' ? event.message : '';
  return new PlaygroundError(`training broke off${message ? `: ${message}` : '.'}`, { remedy: 'Load the page again.' });
}

function notSendable(type: RequestType, error: unknown): PlaygroundError {
  const reason = error instanceof Error ? error.message : String(error);
  return new PlaygroundError(`"${type}" was given something that cannot be sent to the worker: ${reason}`, {
    cause: error,
  });
}
