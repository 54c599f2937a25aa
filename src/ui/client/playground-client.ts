import { createTrainClient, type WorkerLike } from '../../train/wire/client';
import type { ImageChoice, RequestType, Requests } from '../../train/wire/protocol';
import type { Ask } from './ask';
import { createCostSync } from './cost-sync';
import { createDatasetSync } from './dataset-sync';
import { createModelSync } from './model-sync';
import { createQueue } from './queue';
import { useModelStore } from '../stores/model/model-store';
import { unreadyOf } from '../stores/model/readiness';
import { createSettingsSync } from './settings-sync';
import { clearProblem, showProblem } from '../stores/show-problem';
import { createTrainControl } from './train-control';
import { createLiveQuestions } from './follow-run';
import type { Opening } from './opening-type';
import { routeEvent } from '../stores/route-event';
import { dispatchRun, showBackend, useRunStore } from '../stores/run-store';

type CommandOf<T extends RequestType> = Requests[T]['command'];
type ResultOf<T extends RequestType> = Promise<Requests[T]['result']>;

/**
 * The page's only access to training. It starts the worker, keeps the worker in step with the
 * stores, and offers the actions of buttons and scripts. Changes of network and settings reach the
 * worker one after the other, in the order in which they were made.
 * @param backend `auto` uses WebGPU if it is available
 * @param worker the worker that trains, see `spawnWorker`
 * @param opening the data and weights that the page opens with
 */
export function createPlayground(
  backend: CommandOf<'start'>['backend'],
  worker: WorkerLike,
  opening?: Pick<Opening, 'dataset' | 'beginning' | 'removedWeights'>,
) {
  const { live, dispose: stopLive } = createLiveQuestions();
  const client = createTrainClient(routeEvent, worker, (ms) => live.spent(ms));
  const ask: Ask = (type, command) => client.request(type, command);
  const queue = createQueue();
  const ready = queue.add(() => start(ask, backend));
  ready.catch(showProblem);
  const control = createTrainControl(ask, settledToTrain);
  const data = createDatasetSync(ask, ready, control.resumeAfter, opening?.dataset);
  const model = createModelSync(ask, queue, control.resumeAfter, opening?.beginning, opening?.removedWeights);
  const settings = createSettingsSync(ask, queue, control.resumeAfter);
  const cost = createCostSync(ask, resend);

  /**
   * Sends network and settings that only fit together. First tries the network with the settings
   * that the worker has, which works if the network became smaller. Then sends the settings, and
   * the network again.
   */
  function resend(): void {
    model.apply().catch(() => undefined);
    settings.change({});
    model.apply().catch(showProblem);
  }

  async function settled(): Promise<void> {
    await ready;
    await data.loaded();
    await model.apply();
    await queue.idle();
  }

  async function settledToTrain(): Promise<void> {
    await settled();
    await settings.requireAccepted();
    // The worker still has the former network, which nobody asks to train.
    const unready = unreadyOf(useModelStore.getState());
    if (unready) throw unready.error;
  }

  return {
    /** Resolves when the backend runs. */
    ready,
    play: control.play,
    togglePlay: control.togglePlay,
    stepOnce: control.stepOnce,
    trainFor: control.trainFor,
    pause: control.pause,
    /** Begins a new run with fresh weights at step 0. */
    async reset(): Promise<void> {
      control.stop();
      clearProblem();
      await queue.add(() => ask('reset', {}));
    },
    changeSettings: settings.change,
    applyModel: model.apply,
    chooseDataset: data.choose,
    pickDataset: data.pick,
    ...questions(ask, settled),
    /** The questions that the page repeats while the network trains. */
    live,
    /** Shows the failure of a call whose answer nobody awaits. */
    showProblem,
    dispose(): void {
      model.dispose();
      cost.dispose();
      settings.dispose();
      stopLive();
      client.dispose();
    },
  };
}

export type Playground = ReturnType<typeof createPlayground>;

/** Requests that do not change network, settings or data. */
function questions(ask: Ask, settled: () => Promise<void>) {
  return {
    /** Sends any request, once network, settings and data have arrived in the worker. */
    async ask<T extends RequestType>(type: T, command: CommandOf<T>): ResultOf<T> {
      await settled();
      return ask(type, command);
    },
    /** What a layer of the trained network contains, and its output for one image. */
    inspectLayer: (layer: string, image: ImageChoice) => ask('inspect', { layer, image }),
    thumbnails: (image: ImageChoice) => ask('thumbnails', { image }),
    /** The weights at one moment, with their run and step. */
    snapshot: () => ask('snapshot', {}),
    /** @param images [n, H, W, C] in 0..1 @returns probabilities [n, classes] */
    predict: (images: Float32Array) => ask('predict', { images }),
    samples: (command: CommandOf<'samples'>) => ask('samples', command),
    /**
     * The network's prediction for every image of a split, or for its first `most` images. The
     * figures also arrive in `lastEvaluation`.
     */
    classify: (command: CommandOf<'classify'>) => ask('classify', command),
    /** Shows which pixels of an image matter for the prediction. */
    saliency: (image: ImageChoice) => ask('saliency', { image }),
  };
}

async function start(ask: Ask, backend: CommandOf<'start'>['backend']) {
  const started = await ask('start', { backend });
  const { settings } = useRunStore.getState();
  showBackend(started);
  await ask('configure', { settings });
  dispatchRun({ type: 'settings', settings });
  return started;
}
