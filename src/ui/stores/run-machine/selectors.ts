import type { ModelSpec } from '../../../model/spec';
import type { WeightSource } from '../../../train/wire/protocol';
import type { Fault, RunMachine } from './states';

/** The run store, or anything else that holds the state of the run. */
interface WithMachine {
  machine: RunMachine;
}

/** Number of the present run; 0 before the first. */
export const runIdOf = ({ machine }: WithMachine): number => machine.run.id;

/** Where the weights that the run began with come from; null for fresh ones. */
export const sourceOf = ({ machine }: WithMachine): WeightSource | null => machine.run.source;

/** The network in training: the last stack that was valid. Null before the first. */
export const trainedSpec = ({ machine }: WithMachine): ModelSpec | null => machine.run.network?.spec ?? null;

const NO_IDS: Record<string, string> = {};

/**
 * Id in the network in training of each layer of the stack, by uid: the stack may have changed
 * since.
 */
export const trainedIds = ({ machine }: WithMachine): Record<string, string> => machine.run.network?.ids ?? NO_IDS;

/** The worker has a network. */
export const hasNetwork = ({ machine }: WithMachine): boolean => machine.run.network !== null;

/** Steps are being done, also the last ones before a pause. */
export const isRunning = ({ machine }: WithMachine): boolean =>
  machine.phase === 'running' || (machine.phase === 'pausing' && machine.since !== null);

/** Play was pressed, and training begins by itself when everything is there. */
export const isWaiting = ({ machine }: WithMachine): boolean => askingOf(machine)?.cause === 'press';

/** Pause was pressed; the steps already on their way are still being done. */
export const isPausing = ({ machine }: WithMachine): boolean => machine.phase === 'pausing';

/** Trains, or is about to. */
export const isTraining = ({ machine }: WithMachine): boolean => isRunning({ machine }) || askingOf(machine) !== null;

/** Who pressed last wants it to train. */
export const isTrainingWanted = ({ machine }: WithMachine): boolean =>
  machine.phase === 'running' || askingOf(machine) !== null;

/** Why the run halted; null where it did not. */
export function faultOf({ machine }: WithMachine): Fault | null {
  if (machine.phase === 'halted') return machine.fault;
  if (machine.phase !== 'waiting' && machine.phase !== 'pausing') return null;
  return machine.rest.phase === 'halted' ? machine.rest.fault : null;
}

/** This press of play waits for network, settings and data. */
export function isPreparing({ machine }: WithMachine, request: number): boolean {
  const asking = askingOf(machine);
  return asking?.request === request && !asking.asked;
}

/** The worker has this request to train, and has not answered it yet. */
export const isAsked = ({ machine }: WithMachine, request: number): boolean => requestsOf(machine).includes(request);

/** The worker has some request to train. */
export const isAnyAsked = ({ machine }: WithMachine): boolean => requestsOf(machine).length > 0;

function askingOf(machine: RunMachine) {
  if (machine.phase === 'waiting') return machine;
  return machine.phase === 'pausing' ? machine.next : null;
}

const requestsOf = (machine: RunMachine): readonly number[] => ('requests' in machine ? machine.requests : []);
