import type { Requests, TrainResult } from '../../train/protocol';
import { useRunStore } from '../stores/run-store';
import type { Ask, KeepRunning } from './ask';
import { showProblem } from './show-problem';

type TrainCommand = Requests['train']['command'];
const isActive = ({ state, waiting } = useRunStore.getState()) => state === 'running' || waiting;

/**
 * Starting and stopping.
 * @param settled resolves when network, settings and data have arrived in the worker; rejects if it refused them
 */
export function createTrainControl(ask: Ask, settled: () => Promise<void>) {
  /** Training goes on until paused, as the play button wants it, and so through changes that begin a new run. */
  let endless = false;

  function train(command: TrainCommand): Promise<TrainResult> {
    useRunStore.setState({ problem: null });
    endless = command.steps === undefined && command.epochs === undefined;
    return ask('train', command);
  }

  /** Waits for the images, visibly, until training runs; pausing meanwhile calls it off. */
  async function trainWhenReady(command: TrainCommand): Promise<void> {
    if (isActive()) return;
    useRunStore.setState({ waiting: true });
    try {
      await settled();
      // The worker's word that it runs ends the waiting, so that play cannot be pressed twice in between.
      if (useRunStore.getState().waiting) await train(command);
    } catch (error) {
      showProblem(error);
    } finally {
      useRunStore.setState({ waiting: false });
    }
  }

  const keepRunning: KeepRunning = async (change) => {
    const goOn = endless && useRunStore.getState().state === 'running';
    await change();
    if (goOn && useRunStore.getState().state !== 'running') train({}).catch(showProblem);
  };

  /** Neither plays nor waits to play from now on. */
  function stop(): void {
    endless = false;
    useRunStore.setState({ waiting: false });
  }

  return {
    keepRunning,
    play: () => void trainWhenReady({}),
    stepOnce: () => void trainWhenReady({ steps: 1 }),
    /** Trains for so long and answers with one entry per step. */
    async trainFor(command: Pick<TrainCommand, 'steps' | 'epochs'>): Promise<TrainResult> {
      await settled();
      return train({ ...command, collect: true });
    },
    /** Stops after the steps already on their way, which the page shows meanwhile: on a slow machine one takes a second. */
    async pause(): Promise<null> {
      stop();
      useRunStore.setState(({ state }) => ({ pausing: state === 'running' }));
      try {
        return await ask('pause', {});
      } finally {
        useRunStore.setState({ pausing: false });
      }
    },
    stop,
  };
}
