import type { ModelSpec } from '../../model/spec';
import type { RunStart } from '../../train/wire/protocol';
import { idsIn, networkIdsOf, specOf, useModelStore, type ModelState } from '../stores/model/model-store';
import { runIdOf, sourceOf, trainedIds, trainedSpec } from '../stores/run-machine/selectors';
import { dispatchRun, useRunStore } from '../stores/run-store';
import { useWeightsStore } from '../stores/weights-store';
import type { Ask, ResumeAfter } from './ask';
import type { Queue } from './queue';
import { showProblem } from '../stores/show-problem';

/**
 * A change is sent when nothing more was changed for so long: a number being typed is not a dozen
 * networks.
 */
const PAUSE_MS = 300;

/** Weights with the network that they are for. */
export interface Beginning {
  model: ModelSpec;
  start: RunStart;
}

const textOf = ({ input, layers }: ModelSpec) => JSON.stringify([input, layers]);
const isSame = (a: ModelSpec, b: ModelSpec | null) => b !== null && textOf(a) === textOf(b);

/**
 * Sends the stack to the worker whenever it is valid and differs from what is trained. An invalid
 * stack is not sent: the last valid network stays in training while the person repairs it. Layers
 * that an edit leaves as they were keep their weights.
 * @param resumeAfter makes a change that begins another run
 * @param opening weights that the page opens with, if it has any: those of a stored run go on with
 * their own network, others are used only while the stack is still theirs when they are there
 * @param removedWeights weights that edits of an earlier visit took away, for an undo to find
 */
export function createModelSync(
  ask: Ask,
  queue: Queue,
  resumeAfter: ResumeAfter,
  opening: Promise<Beginning | null> = Promise.resolve(null),
  removedWeights: Promise<unknown> = Promise.resolve(null),
) {
  let timer: ReturnType<typeof setTimeout> | undefined;

  const taken = (spec: ModelSpec, ids: Record<string, string>) =>
    dispatchRun({ type: 'network', network: { spec, ids } });

  const send = async (force: boolean, start?: RunStart) => {
    const state = useModelStore.getState();
    const model = specOf(state);
    if (!force && !start && !state.valid) return;
    const ids = networkIdsOf(state);
    const run = useRunStore.getState();
    const before = trainedIds(run);
    if (!force && !start && isSame(model, trainedSpec(run))) {
      // The same network in new layers: one was removed and put back before anything was sent.
      if (Object.keys(ids).some((uid) => before[uid] !== ids[uid])) taken(model, ids);
      return;
    }
    const keep = force || start ? {} : sameLayers(ids, before);
    const learnt = hasLearnt();
    await resumeAfter(async () => {
      const { kept } = await ask('setModel', { model, keep, names: force ? {} : namesOf(ids), start });
      taken(model, ids);
      showKeptLayers(state, kept, (learnt && Object.keys(keep).length > 0) || kept.length > 0);
    });
  };

  /**
   * A run goes on with the network it has, which need not be the stack on the page: that may have a
   * problem, or be newer.
   */
  const resume = async ({ model, start }: Beginning) => {
    const ids = idsIn(model, useModelStore.getState());
    await ask('setModel', { model, names: namesOf(ids), start });
    taken(model, ids);
  };

  const open = async () => {
    const beginning = await opening.catch(() => null);
    const isTheirs = beginning && isSame(beginning.model, specOf(useModelStore.getState()));
    // Weights that the worker refuses were stored by another version, or are damaged: the network
    // begins without them.
    if (isTheirs || beginning?.start.source === 'restored') await resume(beginning).catch(() => undefined);
    await send(false);
    const layers = await removedWeights;
    if (layers) await ask('restoreRemovedWeights', { layers });
  };

  /**
   * Sends the stack now, if it is new. Rejects with the worker's reason if it does not fit the
   * machine.
   * @param force also one that is in training already, which begins a new run with fresh weights,
   * or that does not fit the data: a script may bring its own data afterwards
   * @param start weights for the network on the page, to begin a new run with
   */
  const apply = (force = false, start?: RunStart): Promise<void> => {
    clearTimeout(timer);
    return queue.add(() => send(force, start));
  };

  const unsubscribe = useModelStore.subscribe((state, before) => {
    if (state.layers === before.layers && state.input === before.input) return;
    clearTimeout(timer);
    timer = setTimeout(() => void apply().catch(showProblem), PAUSE_MS);
  });
  queue.add(open).catch(showProblem);

  return {
    apply,
    dispose() {
      clearTimeout(timer);
      unsubscribe();
    },
  };
}

/** The uid of each layer, by its id. */
const namesOf = (ids: Record<string, string>) => Object.fromEntries(Object.entries(ids).map(([uid, id]) => [id, uid]));

/** Ids that layers which are in both networks have now, with those they had before. */
function sameLayers(now: Record<string, string>, before: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.keys(now).flatMap((uid) => (before[uid] ? [[now[uid], before[uid]]] : [])));
}

/** The weights in training are worth a word when they are lost. */
const hasLearnt = () => {
  const run = useRunStore.getState();
  return run.step > 0 || sourceOf(run) !== null;
};

/** Which layers kept their weights; nothing where there was nothing to keep. */
function showKeptLayers({ reports }: ModelState, kept: readonly string[], edited: boolean): void {
  const layers = reports
    .filter(({ bypassed, resolved }) => !bypassed && resolved && resolved.weights.length > 0)
    .map(({ id }) => id);
  const fresh = layers.filter((id) => !kept.includes(id));
  useWeightsStore.setState({
    edit: edited ? { runId: runIdOf(useRunStore.getState()), kept: [...kept], fresh } : null,
  });
}
