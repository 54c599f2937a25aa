import type { Requests, TrainResult } from '../../train/wire/protocol';
import { isAnyAsked, isAsked, isPreparing, isTrainingWanted } from '../stores/run-machine/selectors';
import type { Goal } from '../stores/run-machine/states';
import { dispatchRun, useRunStore } from '../stores/run-store';
import { clearProblem, showProblem } from '../stores/show-problem';
import type { Ask, ResumeAfter } from './ask';

type TrainCommand = Requests['train']['command'];

/**
 * Starts and stops training. It tells the run machine what people ask for and what the worker
 * answers, and sends the resulting commands to the worker. Nothing else on the page sends `train`
 * or `pause`.
 * @param settled resolves when network, settings and data have arrived in the worker; rejects if
 * the worker refused them
 */
export function createTrainControl(ask: Ask, settled: () => Promise<void>) {
  const state = () => useRunStore.getState();
  let lastRequest = 0;
  /** Resolves when the worker has answered the last request to pause. */
  let paused: Promise<unknown> = Promise.resolve();

  /** Sends a training request that the run machine already counts as sent. */
  async function send(request: number, command: TrainCommand): Promise<TrainResult> {
    clearProblem();
    try {
      return await ask('train', command);
    } finally {
      dispatchRun({ type: 'answered', request });
    }
  }

  /**
   * Trains as soon as the images have arrived. Until then the page shows that it waits, and pausing
   * cancels the request.
   */
  async function trainWhenReady(goal: Goal): Promise<void> {
    const request = ++lastRequest;
    dispatchRun({ type: 'play', request, goal });
    if (!isPreparing(state(), request)) return;
    try {
      await paused;
      await settled();
      dispatchRun({ type: 'prepared', request });
      if (isAsked(state(), request)) await send(request, goal);
    } catch (error) {
      // If the worker refused network or settings, the request was never sent.
      dispatchRun({ type: 'answered', request });
      showProblem(error);
    }
  }

  const resumeAfter: ResumeAfter = async (change) => {
    dispatchRun({ type: 'change' });
    try {
      await change();
    } catch (error) {
      dispatchRun({ type: 'changeRefused' });
      throw error;
    }
    const request = ++lastRequest;
    dispatchRun({ type: 'changed', request });
    if (!isAsked(state(), request)) return;
    // If two changes happen at the same time, the training that follows the other change may
    // already run, and the worker then refuses this one.
    send(request, {}).catch((error) => isAnyAsked(state()) || showProblem(error));
  };

  /**
   * Stops after the steps already on their way. The page shows that it is pausing, because on a
   * slow machine one step takes a second.
   */
  async function pause(): Promise<null> {
    const request = ++lastRequest;
    dispatchRun({ type: 'pause', request });
    const pausing = ask('pause', {});
    const answered = () => dispatchRun({ type: 'pauseAnswered', request });
    paused = pausing.then(answered, answered);
    await paused;
    return pausing;
  }

  return {
    resumeAfter,
    play: () => void trainWhenReady({}),
    /** Pauses if training runs or is about to. Otherwise, and also during a pause, presses play. */
    togglePlay: (): void => {
      if (isTrainingWanted(state())) pause().catch(showProblem);
      else void trainWhenReady({});
    },
    stepOnce: () => void trainWhenReady({ steps: 1 }),
    /** Trains for the given steps or epochs, and answers with one entry per step. */
    trainFor: async (command: Omit<TrainCommand, 'collect'>): Promise<TrainResult> => {
      await settled();
      const request = ++lastRequest;
      const { steps, epochs } = command;
      dispatchRun({ type: 'train', request, goal: { steps, epochs } });
      return send(request, { ...command, collect: true });
    },
    pause,
    /**
     * Prevents any training after the worker's next run begins, because that run must begin with
     * fresh weights.
     */
    stop: () => dispatchRun({ type: 'reset' }),
  };
}
