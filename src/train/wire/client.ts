import { errorFrom, PlaygroundError } from '../../errors';
import type { Command, Requests, RequestType, WorkerEvent } from './protocol';

/** The page's hold on the training worker. */
export interface TrainClient {
  /** Asks the worker. Rejects with a PlaygroundError if it cannot do it, or dies first. */
  request<T extends RequestType>(type: T, command: Requests[T]['command']): Promise<Requests[T]['result']>;
  /** Ends the worker; requests still open are rejected. */
  dispose(): void;
}

/** What the client needs of a Worker. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

interface Pending {
  resolve(result: unknown): void;
  reject(error: PlaygroundError): void;
}

/**
 * Takes hold of the training worker.
 * @param onEvent receives all events but the answers to requests, and none of a run that is over
 * @param onWork hears of each answer, before whoever asked does, how many milliseconds it kept the
 * worker from training
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
    // Before anything else: a listener that throws must not leave requests open.
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
        // The map loses which request an answer belongs to; the id pairs them.
        pending.set(id, { resolve: resolve as Pending['resolve'], reject });
        try {
          worker.postMessage({ ...withPage(type), ...command, type, id } as Command);
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

/** Events that mean nothing once their run is over. */
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

/** The worker cannot know the address of the page, beside which the data may lie. */
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
