import { at } from '../../at';
import { addLiveChange } from '../../model/live-settings';
import type { WorkerEvent } from '../../train/wire/protocol';
import { useDiagnosticsStore } from './diagnostics-store';
import { useGradientCheckStore } from './gradient-check-store';
import { keepEndedRun } from './kept-runs-store';
import { useModelStore } from './model/model-store';
import { runIdOf } from './run-machine/selectors';
import { transition } from './run-machine/transition';
import { dispatchRun, NEW_RUN, showBackend, useRunStore } from './run-store';
import { useSeriesStore, type SeriesRow } from './series-store';
import { isRefusal } from './show-problem';

type EventOf<T extends WorkerEvent['type']> = Extract<WorkerEvent, { type: T }>;

/** Writes the worker's messages into the stores. Only this function turns events into state. */
export function routeEvent(event: WorkerEvent): void {
  // A message sent before a new run began may arrive after it.
  if (event.runId < runIdOf(useRunStore.getState()) && event.type !== 'problem') return;
  switch (event.type) {
    case 'reply':
    case 'failure':
      return; // the caller of the request handles the answer
    case 'run':
      return beginRun(event);
    case 'state':
      return showState(event);
    case 'metrics':
      return addMetrics(event);
    case 'evaluation':
      return addEvaluation(event);
    case 'evaluating':
      // A fraction that arrives after the answer is out of date. `evaluating` is also null for an
      // evaluation that a script asked for, which is not shown.
      return useRunStore.setState(({ evaluating }) => (evaluating === null ? {} : { evaluating: event.fraction }));
    case 'diagnostics':
      return useDiagnosticsStore.getState().append({ step: event.step, layers: event.layers });
    case 'liveSettings':
      return useRunStore.setState(({ liveChanges }) => ({ liveChanges: addLiveChange(liveChanges, event.change) }));
    case 'progress':
      return useRunStore.setState({
        progress: event.fraction === 1 ? null : { what: event.what, fraction: event.fraction },
      });
    case 'gradientCheck':
      // A fraction that arrives after the answer is out of date.
      return useGradientCheckStore.setState(({ fraction }) => (fraction === null ? {} : { fraction: event.fraction }));
    case 'dataset':
      useRunStore.setState({ dataset: event.info, datasetWarning: event.warning, progress: null });
      return useModelStore.getState().fitDataset(event.info);
    case 'halted':
      return dispatchRun({ type: 'halted', fault: { step: event.step, layer: event.layer, error: event.error } });
    case 'problem':
      return showProblem(event);
    default:
      return event satisfies never;
  }
}

function showState({ state, step, epoch }: EventOf<'state'>): void {
  useRunStore.setState(({ machine }) => ({
    machine: transition(machine, { type: 'state', state, step }),
    step,
    epoch,
  }));
}

function showProblem({ error, fatal, backend }: EventOf<'problem'>): void {
  // The first problem is the cause and later ones are its consequences, so the first stays. Only a
  // fatal problem replaces it.
  useRunStore.setState(({ problem }) => ({ problem: problem && !fatal ? problem : { error, fatal } }));
  if (fatal) dispatchRun({ type: 'failed', error });
  if (backend) showBackend(backend);
}

function beginRun({ runId, normSlots, stepsPerEpoch, dataset, source }: EventOf<'run'>): void {
  // When the images arrive, the restored run of the last visit begins again, so no run has ended.
  if (source !== 'restored') keepEndedRun();
  // Clears before the subscribers see the new run, because a restored run brings its own curves.
  useSeriesStore.getState().clear();
  useDiagnosticsStore.getState().clear();
  useRunStore.setState((state) => {
    // The worker accepted the network and the settings of this run, so an earlier refusal is
    // obsolete.
    const problem = isRefusal(state.problem) ? null : state.problem;
    const run = { id: runId, source: source ?? null, data: dataset, stepsPerEpoch };
    return {
      ...NEW_RUN,
      machine: transition(state.machine, { type: 'run', run }),
      normSlots,
      dataset: dataset ?? state.dataset,
      problem,
    };
  });
}

function addMetrics(event: EventOf<'metrics'>): void {
  const { firstStep, loss, accuracy, norms, epoch, examplesPerSecond, msPerStep } = event;
  const steps = loss.length;
  if (steps === 0) return;
  const slots = norms.length / steps;
  const rows = Array.from(loss, (value, i): SeriesRow => {
    return {
      step: firstStep + i,
      loss: value,
      accuracy: at(accuracy, i),
      norms: [...norms.subarray(i * slots, (i + 1) * slots)],
    };
  });
  useSeriesStore.getState().append(rows);
  useRunStore.setState({ step: firstStep + steps - 1, epoch, examplesPerSecond, msPerStep });
}

function addEvaluation({ split, step, epoch, result, images, whole }: EventOf<'evaluation'>): void {
  const point = { split, step, epoch, result, images, whole };
  useRunStore.setState(({ evaluations, lastEvaluation }) => ({
    evaluations: [...evaluations, point].slice(-MOST_EVALUATIONS),
    lastEvaluation: { ...lastEvaluation, [split]: point },
  }));
}

const MOST_EVALUATIONS = 1000;
