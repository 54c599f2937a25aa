import type { ModelSpec } from '../../../model/spec';
import type { WeightSource } from '../../../train/wire/protocol';
import type { Fault, RunMachine } from './states';

/** The run store, or any other object that holds the state of the run. */
interface WithMachine {
  machine: RunMachine;
}

/** The number of the present run; 0 before the first. */
export const runIdOf = ({ machine }: WithMachine): number => machine.run.id;

/** Where the first weights of the run come from; null for fresh weights. */
export const sourceOf = ({ machine }: WithMachine): WeightSource | null => machine.run.source;

/** The network in training, which is the last valid stack; null before the first. */
export const trainedSpec = ({ machine }: WithMachine): ModelSpec | null => machine.run.network?.spec ?? null;

const NO_IDS: Record<string, string> = {};

/**
 * The id of each layer of the stack in the network in training, by uid. The stack may have changed
 * since.
 */
export const trainedIds = ({ machine }: WithMachine): Record<string, string> => machine.run.network?.ids ?? NO_IDS;

/** Whether the worker has a network. */
export const hasNetwork = ({ machine }: WithMachine): boolean => machine.run.network !== null;

/** Whether steps are being done, including the last ones before a pause. */
export const isRunning = ({ machine }: WithMachine): boolean =>
  machine.phase === 'running' || (machine.phase === 'pausing' && machine.since !== null);

/** Whether play was pressed and training will begin by itself when everything has arrived. */
export const isWaiting = ({ machine }: WithMachine): boolean => askingOf(machine)?.cause === 'press';

/** Whether pause was pressed and the steps already on their way are still being done. */
export const isPausing = ({ machine }: WithMachine): boolean => machine.phase === 'pausing';

/** Whether training runs or is about to. */
export const isTraining = ({ machine }: WithMachine): boolean => isRunning({ machine }) || askingOf(machine) !== null;

/** Whether the last request was to train. */
export const isTrainingWanted = ({ machine }: WithMachine): boolean =>
  machine.phase === 'running' || askingOf(machine) !== null;

/** Why the run halted; null if it did not. */
export function faultOf({ machine }: WithMachine): Fault | null {
  if (machine.phase === 'halted') return machine.fault;
  if (machine.phase !== 'waiting' && machine.phase !== 'pausing') return null;
  return machine.rest.phase === 'halted' ? machine.rest.fault : null;
}

/** Whether this press of play still waits for network, settings and data. */
export function isPreparing({ machine }: WithMachine, request: number): boolean {
  const asking = askingOf(machine);
  return asking?.request === request && !asking.asked;
}

/** Whether the worker has this training request and has not answered it yet. */
export const isAsked = ({ machine }: WithMachine, request: number): boolean => requestsOf(machine).includes(request);

/** Whether the worker has any unanswered training request. */
export const isAnyAsked = ({ machine }: WithMachine): boolean => requestsOf(machine).length > 0;

function askingOf(machine: RunMachine) {
  if (machine.phase === 'waiting') return machine;
  return machine.phase === 'pausing' ? machine.next : null;
}

const requestsOf = (machine: RunMachine): readonly number[] => ('requests' in machine ? machine.requests : []);
