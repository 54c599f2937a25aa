import { createTrainClient, type WorkerLike } from '../../train/wire/client';
import type { ImageChoice, RequestType, Requests } from '../../train/wire/protocol';
import type { Ask } from './ask';
import { createCostSync } from './cost-sync';
import { createDatasetSync } from './dataset-sync';
import { createModelSync } from './model-sync';
import { createQueue } from './queue';
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
 * The page's one handle on training: starts the worker, keeps it in step with the stores, and
 * offers what buttons and scripts do. Changes of network and settings reach the worker one after
 * the other, in the order made.
 * @param backend `auto` takes WebGPU where it can be had.
 * @param worker trains, see `spawnWorker`
 * @param opening data and weights that the page opens with
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
   * Sends network and settings that fit only together: a smaller network first, with the settings
   * that the worker has, or else after smaller settings.
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
  }

  return {
    /** Resolves when the backend runs. */
    ready,
    play: control.play,
    togglePlay: control.togglePlay,
    stepOnce: control.stepOnce,
    trainFor: control.trainFor,
    pause: control.pause,
    /** Fresh weights, step 0. */
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
    /** What the page asks again and again while the network trains. */
    live,
    /** For failures of calls whose answer nobody awaits. */
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

/** What leaves network, settings and data as they are. */
function questions(ask: Ask, settled: () => Promise<void>) {
  return {
    /** Any request, once network, settings and data have arrived in the worker. */
    async ask<T extends RequestType>(type: T, command: CommandOf<T>): ResultOf<T> {
      await settled();
      return ask(type, command);
    },
    /** What a layer of the trained network holds, and what it makes of one image. */
    inspectLayer: (layer: string, image: ImageChoice) => ask('inspect', { layer, image }),
    thumbnails: (image: ImageChoice) => ask('thumbnails', { image }),
    /** The weights of one moment, with their run and step. */
    snapshot: () => ask('snapshot', {}),
    /** @param images [n, H, W, C] in 0..1 @returns probabilities [n, classes] */
    predict: (images: Float32Array) => ask('predict', { images }),
    samples: (command: CommandOf<'samples'>) => ask('samples', command),
    /**
     * What the network says about every image of a split, or its first `most`. The figures also
     * arrive in `lastEvaluation`.
     */
    classify: (command: CommandOf<'classify'>) => ask('classify', command),
    /** Which pixels of an image matter. */
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
