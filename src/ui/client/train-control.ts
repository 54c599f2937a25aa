import type { Requests, TrainResult } from '../../train/wire/protocol';
import { useRunStore } from '../stores/run-store';
import type { Ask, KeepRunning } from './ask';
import { clearProblem, showProblem } from '../stores/show-problem';

type TrainCommand = Requests['train']['command'];

/**
 * Starting and stopping.
 * @param settled resolves when network, settings and data have arrived in the worker; rejects if it
 * refused them
 */
export function createTrainControl(ask: Ask, settled: () => Promise<void>) {
  /**
   * Training goes on until paused, as the play button wants it, and so through changes that begin a
   * new run.
   */
  let endless = false;
  /**
   * Trainings asked for whose end the worker has not told yet: the state in the store is a message
   * behind.
   */
  let open = 0;
  /** The press of play that still waits for its turn. */
  let press: object | null = null;
  let paused: Promise<unknown> = Promise.resolve();

  async function train(command: TrainCommand): Promise<TrainResult> {
    clearProblem();
    endless = command.steps === undefined && command.epochs === undefined;
    open++;
    try {
      return await ask('train', command);
    } catch (error) {
      // A worker that died cannot say that training is over.
      if (useRunStore.getState().problem?.fatal) useRunStore.setState({ state: 'paused' });
      throw error;
    } finally {
      open--;
    }
  }

  /** Trains, or is about to, as far as the person knows who pressed last. */
  const isActive = () => press !== null || (open > 0 && !useRunStore.getState().pausing);

  /** Waits for the images, visibly, until training runs; pausing meanwhile calls it off. */
  async function trainWhenReady(command: TrainCommand): Promise<void> {
    if (isActive()) return;
    const mine = (press = {});
    useRunStore.setState({ waiting: true });
    try {
      // The worker refuses to train while it still pauses.
      await paused;
      await settled();
      if (press !== mine) return;
      press = null;
      // The worker's word that it runs ends the waiting.
      await train(command);
    } catch (error) {
      showProblem(error);
    } finally {
      if (press === mine) press = null;
      if (!press) useRunStore.setState({ waiting: false });
    }
  }

  const keepRunning: KeepRunning = async (change) => {
    const goOn = endless && open > 0;
    await change();
    // Pause or play pressed meanwhile is not for this to overrule.
    if (goOn && endless && !press && useRunStore.getState().state !== 'running') {
      // Of two changes at a time the other may have seen to it already.
      train({}).catch((error) => open > 0 || showProblem(error));
    }
  };

  /** Neither plays nor waits to play from now on. */
  function stop(): void {
    endless = false;
    press = null;
    useRunStore.setState({ waiting: false });
  }

  /**
   * Stops after the steps already on their way, which the page shows meanwhile: on a slow machine
   * one takes a second.
   */
  async function pause(): Promise<null> {
    stop();
    useRunStore.setState({ pausing: open > 0 });
    const pausing = ask('pause', {});
    const mine = (paused = pausing.catch(() => undefined));
    try {
      return await pausing;
    } finally {
      if (paused === mine) useRunStore.setState({ pausing: false });
    }
  }

  return {
    keepRunning,
    play: () => void trainWhenReady({}),
    /** Pauses what trains or is about to; else plays, also what is just pausing. */
    togglePlay(): void {
      if (isActive()) pause().catch(showProblem);
      else void trainWhenReady({});
    },
    stepOnce: () => void trainWhenReady({ steps: 1 }),
    /** Trains for so long and answers with one entry per step. */
    async trainFor(command: Omit<TrainCommand, 'collect'>): Promise<TrainResult> {
      await settled();
      return train({ ...command, collect: true });
    },
    pause,
    stop,
  };
}
