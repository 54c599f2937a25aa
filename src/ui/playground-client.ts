import type { DatasetInfo } from '../data/dataset';
import { reportOf } from '../errors';
import { changeSettings } from '../model/settings';
import { createTrainClient } from '../train/client';
import type { CustomDataset, ImageChoice, RequestType, Requests, TrainResult } from '../train/protocol';
import { createModelSync } from './model-sync';
import { createQueue } from './queue';
import { routeEvent } from './stores/route-event';
import { useRunStore } from './stores/run-store';

export type DatasetChoice = 'mnist' | 'generated' | CustomDataset;
export type Ask = <T extends RequestType>(type: T, command: Requests[T]['command']) => Promise<Requests[T]['result']>;

const run = useRunStore;
const isRunning = () => run.getState().state === 'running';

/** Shows what went wrong where no caller waits for it. */
function showProblem(error: unknown): void {
  run.setState({ problem: { error: reportOf(error), fatal: false } });
}

/**
 * The page's one handle on training: starts the worker, keeps it in step with the stores, and offers what buttons and
 * scripts do. Changes of network, settings and data reach the worker one after the other, in the order made.
 * @param backend `auto` takes WebGPU where it can be had.
 */
export function createPlayground(backend: Requests['start']['command']['backend']) {
  const client = createTrainClient(routeEvent);
  const ask: Ask = (type, command) => client.request(type, command);
  const queue = createQueue();
  const ready = queue.add(() => start(ask, backend));
  const model = createModelSync(ask, queue, keepRunning);
  let data: Promise<DatasetInfo> = loadDataset('mnist');
  let configurePending = false;
  /** Training goes on until paused, as the play button wants it, and so through changes that begin a new run. */
  let endless = false;
  ready.catch(showProblem);
  const first = data;
  first.catch((error) => data === first && showProblem(error));

  /** What the worker trains is what the stores hold, and there are images to train on. */
  async function settled(): Promise<void> {
    await ready;
    await data;
    await model.apply();
    await queue.idle();
  }

  function loadDataset(dataset: DatasetChoice, reload = false): Promise<DatasetInfo> {
    return ready.then(() => ask('setDataset', { dataset, reload }));
  }

  /** Does something that begins a new run in the worker, and goes on training if it trained before. */
  async function keepRunning(change: () => Promise<unknown>): Promise<void> {
    const goOn = endless && isRunning();
    await change();
    if (goOn && !isRunning()) train({}).catch(showProblem);
  }

  async function train(command: Requests['train']['command']): Promise<TrainResult> {
    run.setState({ problem: null });
    endless = command.steps === undefined && command.epochs === undefined;
    return ask('train', command);
  }

  async function trainWhenReady(command: Requests['train']['command']): Promise<TrainResult | null> {
    run.setState({ waiting: true });
    try {
      await settled();
      if (!run.getState().waiting) return null; // paused meanwhile
    } finally {
      run.setState({ waiting: false });
    }
    return train(command);
  }

  return {
    /** Resolves when the backend runs. */
    ready,
    settled,
    /** Any request once network, settings and data have arrived in the worker. */
    async ask<T extends RequestType>(type: T, command: Requests[T]['command']): Promise<Requests[T]['result']> {
      await settled();
      return ask(type, command);
    },
    /** Trains until paused; before the images are there it waits for them, see `waiting` in the run store. */
    play(): void {
      if (!isRunning() && !run.getState().waiting) trainWhenReady({}).catch(showProblem);
    },
    pause(): Promise<null> {
      endless = false;
      run.setState({ waiting: false });
      return ask('pause', {});
    },
    stepOnce(): void {
      if (!isRunning() && !run.getState().waiting) trainWhenReady({ steps: 1 }).catch(showProblem);
    },
    /** Trains for so long and answers with one entry per step, see `playground.train`. */
    async trainFor(command: { steps?: number; epochs?: number }): Promise<TrainResult> {
      await settled();
      return train({ ...command, collect: true });
    },
    /** Fresh weights, step 0. */
    async reset(): Promise<void> {
      endless = false;
      run.setState({ waiting: false, problem: null });
      await queue.add(() => ask('reset', {}));
    },
    /** Changes the settings in the store at once and in the worker soon after. @throws PlaygroundError naming the field. */
    changeSettings(change: unknown): void {
      const settings = changeSettings(run.getState().settings, change);
      run.setState({ settings });
      if (configurePending) return; // the latest settings are sent when its turn comes: dragging a slider sends few messages
      configurePending = true;
      const send = () => {
        configurePending = false;
        return ask('configure', { settings: run.getState().settings });
      };
      queue.add(() => keepRunning(send)).catch(showProblem);
    },
    /**
     * Sends the stack to the worker now instead of after the usual pause. Rejects if it does not fit the machine.
     * @param force also one that is in training already, or does not fit the data that is there
     */
    applyModel: (force?: boolean) => model.apply(force),
    /** @param reload tries the mirrors again */
    chooseDataset(dataset: DatasetChoice, reload = false): Promise<DatasetInfo> {
      const before = data;
      const loading = loadDataset(dataset, reload);
      // A data set that cannot be used leaves the one before in place.
      data = loading.catch(() => before);
      data.catch(() => undefined); // told to whoever waits for it
      return loading;
    },
    /** What a layer of the trained network holds, and what it makes of one image. */
    inspectLayer: (layer: string, image: ImageChoice) => ask('inspect', { layer, image }),
    thumbnails: (image: ImageChoice) => ask('thumbnails', { image }),
    /** @param images [n, H, W, C] in 0..1 @returns probabilities [n, classes] */
    predict: (images: Float32Array) => ask('predict', { images }),
    samples: (command: Requests['samples']['command']) => ask('samples', command),
    /** The result also arrives in the run store's `lastEvaluation`. */
    evaluate: (split: Requests['evaluate']['command']['split']) => ask('evaluate', { split }),
    /** For failures of calls whose answer nobody awaits. */
    showProblem,
    dispose(): void {
      model.dispose();
      client.dispose();
    },
  };
}

export type Playground = ReturnType<typeof createPlayground>;

async function start(ask: Ask, backend: Requests['start']['command']['backend']) {
  const started = await ask('start', { backend });
  const { state, settings } = run.getState();
  run.setState({ backend: started.backend, adapter: started.adapter, backendNote: started.note, state: state === 'starting' ? 'idle' : state });
  await ask('configure', { settings });
  return started;
}
