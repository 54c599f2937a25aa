import { addLiveChange } from '../../model/live-settings';
import type { WorkerEvent } from '../../train/wire/protocol';
import { useDiagnosticsStore } from './diagnostics-store';
import { useGradientCheckStore } from './gradient-check-store';
import { keepEndedRun } from './kept-runs-store';
import { useModelStore } from './model/model-store';
import { runIdOf } from './run-machine/selectors';
import { transition } from './run-machine/transition';
import { dispatchRun, NEW_RUN, showBackend, useRunStore, type RunStore } from './run-store';
import { useSeriesStore, type SeriesRow } from './series-store';

type EventOf<T extends WorkerEvent['type']> = Extract<WorkerEvent, { type: T }>;

/** Writes what the worker says into the stores. The one place where events become state. */
export function routeEvent(event: WorkerEvent): void {
  // A message sent before a new run began may arrive after it.
  if (event.runId < runIdOf(useRunStore.getState()) && event.type !== 'problem') return;
  switch (event.type) {
    case 'reply':
    case 'failure':
      return; // answers go to whoever asked
    case 'run':
      return beginRun(event);
    case 'state':
      return showState(event);
    case 'metrics':
      return addMetrics(event);
    case 'evaluation':
      return addEvaluation(event);
    case 'evaluating':
      // One that arrives after the answer is news of the past; one that a script asked for is not
      // shown.
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
      // One that arrives after the answer is news of the past.
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
  // The first problem is the cause, those after it are its consequences; only the end of everything
  // goes first.
  useRunStore.setState(({ problem }) => ({ problem: problem && !fatal ? problem : { error, fatal } }));
  if (fatal) dispatchRun({ type: 'failed', error });
  if (backend) showBackend(backend);
}

function beginRun({ runId, normSlots, stepsPerEpoch, dataset, source }: EventOf<'run'>): void {
  // The run of the last visit begins once more when the images arrive: nothing ended.
  if (source !== 'restored') keepEndedRun();
  // Before the run is new for those who watch: one that is restored brings its own curves.
  useSeriesStore.getState().clear();
  useDiagnosticsStore.getState().clear();
  useRunStore.setState((state) => {
    // A refusal of the network or the settings before: those of this run were taken.
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

const isRefusal = (problem: RunStore['problem']) =>
  Boolean(problem && !problem.fatal && (problem.error.where.layer ?? problem.error.where.field));

function addMetrics(event: EventOf<'metrics'>): void {
  const { firstStep, loss, accuracy, norms, epoch, examplesPerSecond, msPerStep } = event;
  const steps = loss.length;
  if (steps === 0) return;
  const slots = norms.length / steps;
  const rows = Array.from(loss, (value, i): SeriesRow => {
    return {
      step: firstStep + i,
      loss: value,
      accuracy: accuracy[i],
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
