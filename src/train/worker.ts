import { customDataset } from '../data/custom';
import { reportOf } from '../errors';
import { engineFactories } from '../backend/open-backend';
import { dispatch } from './dispatch';
import { openAccount } from './loop/work-clock';
import { registeredSources } from './session/load-dataset';
import type { Command, WorkerEvent } from './wire/protocol';
import { Session } from './session/session';
import { packForTransfer } from './wire/transfer';

/** Entry of the Web Worker. It handles each incoming message and posts the answer. */

/** The page's address, from the first command. The worker's own address is in another folder. */
let baseUrl = self.location.href;

const sources = { ...registeredSources(() => baseUrl), custom: customDataset };

const session = new Session({ factories: engineFactories({ gpu: navigator.gpu }), sources, emit: send });

function send(event: WorkerEvent): void {
  const { value, transfer } = packForTransfer(event);
  self.postMessage(value, { transfer });
}

function sendProblem(error: unknown): void {
  send({ type: 'problem', runId: session.runId, error: reportOf(error), fatal: false });
}

self.addEventListener('message', ({ data: command }: MessageEvent<Command>) => {
  if (command.type === 'start' && command.baseUrl) baseUrl = command.baseUrl;
  const account = openAccount();
  dispatch(session, command, account)
    .then((result) => send({ type: 'reply', runId: session.runId, id: command.id, result, ms: account.ms }))
    .catch((error: unknown) => send({ type: 'failure', runId: session.runId, id: command.id, error: reportOf(error) }));
});

self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  sendProblem(event.reason);
});

self.addEventListener('error', (event) => {
  event.preventDefault();
  sendProblem(event.error ?? event.message);
});
