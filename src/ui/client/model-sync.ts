import type { ModelSpec } from '../../model/spec';
import type { RunStart } from '../../train/wire/protocol';
import { idsIn, networkIdsOf, specOf, useModelStore, type ModelState } from '../stores/model/model-store';
import { runIdOf, sourceOf, trainedIds, trainedSpec } from '../stores/run-machine/selectors';
import { dispatchRun, useRunStore } from '../stores/run-store';
import { useWeightsStore } from '../stores/weights-store';
import type { Ask, ResumeAfter } from './ask';
import type { Queue } from './queue';
import { clearRefusal, showProblem } from '../stores/show-problem';

/**
 * A change is sent only after this pause without another change, so that typing a number does not
 * create a dozen networks.
 */
const PAUSE_MS = 300;

/** Weights and the network that they belong to. */
export interface Beginning {
  model: ModelSpec;
  start: RunStart;
}

const textOf = ({ input, inputScaling, layers }: ModelSpec) => JSON.stringify([input, inputScaling, layers]);
const isSame = (a: ModelSpec, b: ModelSpec | null) => b !== null && textOf(a) === textOf(b);

/**
 * Sends the stack to the worker whenever it is valid and differs from the network in training.
 * While the stack is invalid, the worker keeps the former network: a run that is under way goes on,
 * and no other begins. Layers that an edit does not change keep their weights.
 * @param resumeAfter makes a change that begins another run
 * @param opening the weights that the page opens with, if any. The weights of a stored run continue
 * with their own network. Other weights are used only if the stack still matches them when they
 * arrive
 * @param removedWeights weights that edits of an earlier visit removed; an undo restores them
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
      // The network is the same, but its layers are new: one was removed and put back before
      // anything was sent.
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
   * Continues a run with its own network. The stack on the page may differ: it may be invalid, or
   * newer.
   */
  const resume = async ({ model, start }: Beginning) => {
    const ids = idsIn(model, useModelStore.getState());
    await ask('setModel', { model, names: namesOf(ids), start });
    taken(model, ids);
  };

  const open = async () => {
    const beginning = await opening.catch(() => null);
    const isTheirs = beginning && isSame(beginning.model, specOf(useModelStore.getState()));
    // If the worker refuses the weights, another version stored them or they are damaged. The
    // network then begins without them.
    if (isTheirs || beginning?.start.source === 'restored') await resume(beginning).catch(() => undefined);
    await send(false);
    const layers = await removedWeights;
    if (layers) await ask('restoreRemovedWeights', { layers });
  };

  /**
   * Sends the stack now if it is new. Rejects with the worker's reason if the network does not fit
   * the machine.
   * @param force also sends a stack that is already in training, which begins a new run with fresh
   * weights, and a stack that does not fit the data, because a script may bring its own data
   * afterwards
   * @param start weights for the network on the page, to begin a new run with
   */
  const apply = (force = false, start?: RunStart): Promise<void> => {
    clearTimeout(timer);
    return queue.add(() => send(force, start));
  };

  const unsubscribe = useModelStore.subscribe((state, before) => {
    if (state.valid && !before.valid) clearRefusal();
    const { layers, input, inputScaling } = before;
    if (state.layers === layers && state.input === input && state.inputScaling === inputScaling) return;
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

/** The uid of each layer, by its id in the network. */
const namesOf = (ids: Record<string, string>) => Object.fromEntries(Object.entries(ids).map(([uid, id]) => [id, uid]));

/** For each layer that is in both networks, its present id with its previous id. */
function sameLayers(now: Record<string, string>, before: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(now).flatMap(([uid, id]): [string, string][] => (before[uid] ? [[id, before[uid]]] : [])),
  );
}

/** Whether the weights in training are worth mentioning when they are lost. */
const hasLearnt = () => {
  const run = useRunStore.getState();
  return run.step > 0 || sourceOf(run) !== null;
};

/** Shows which layers kept their weights. Shows nothing if there were no weights to keep. */
function showKeptLayers({ reports }: ModelState, kept: readonly string[], edited: boolean): void {
  const layers = reports
    .filter(({ bypassed, resolved }) => !bypassed && resolved && resolved.weights.length > 0)
    .map(({ id }) => id);
  const fresh = layers.filter((id) => !kept.includes(id));
  useWeightsStore.setState({
    edit: edited ? { runId: runIdOf(useRunStore.getState()), kept: [...kept], fresh } : null,
  });
}
