import type { ReactNode } from 'react';
import { formatCount, formatDuration, formatExact, formatMilliseconds } from '../kit/words/format';
import { useModelStore } from '../stores/model/model-store';
import { unreadyOf, type Unready } from '../stores/model/readiness';
import { isPausing, isRunning, isTraining, isWaiting } from '../stores/run-machine/selectors';
import { useRunStore, type RunStore } from '../stores/run-store';
import { useSeriesStore } from '../stores/series-store';
import { epochProgress } from './epoch-progress';
import classes from './header.module.css';

/**
 * Shows where the run is: epoch with its progress and time left, step, speed. Every figure keeps
 * its width.
 */
export function RunReadout() {
  return (
    <dl className={`${classes.readout} numeric`} aria-label="Progress of the run">
      <Epoch />
      <Step />
      <Speed />
    </dl>
  );
}

/**
 * A figure of the run. During training it renders together with the charts, because one more render
 * for every message would be too much.
 */
function useFigure(of: (state: RunStore) => number): number {
  useSeriesStore((state) => state.version);
  useRunStore((state) => (isRunning(state) ? null : of(state)));
  return of(useRunStore.getState());
}

function Epoch() {
  const step = useFigure((state) => state.step);
  const perEpoch = useRunStore((state) => state.machine.run.stepsPerEpoch);
  const msPerStep = useFigure((state) => state.msPerStep);
  const waiting = useRunStore(isWaiting);
  const pausing = useRunStore(isPausing);
  const download = useRunStore((state) => state.progress?.fraction ?? 0);
  const hasImages = useRunStore((state) => state.dataset !== null && !state.progress);
  const unready = useModelStore((state) => unreadyOf(state)?.kind);
  const active = useRunStore(isTraining);
  const { epoch, fraction, stepsLeft } = epochProgress(step, perEpoch);
  if (unready && !active) return <Progress name={WHY_OFF[unready]} note="Play is off" fraction={0} />;
  // A run that waits for a pause to end does not wait for anything else.
  if (waiting && !pausing) {
    const name = hasImages ? 'Getting ready' : 'Waiting for images';
    return <Progress name={name} note={formatWholePercent(download)} fraction={download} />;
  }
  const left = msPerStep > 0 && stepsLeft > 0 ? `${formatDuration((stepsLeft * msPerStep) / 1e3)} left` : '';
  const name = (
    <>
      Epoch <strong data-testid="epoch">{epoch}</strong>
    </>
  );
  const note = pausing ? 'Pausing…' : unready ? 'former network' : left;
  return <Progress name={name} note={note} fraction={fraction} />;
}

/** Short, beside the words that play is off. */
const WHY_OFF: Record<Unready['kind'], string> = {
  empty: 'Empty',
  unfinished: 'Unfinished',
  wrong: 'Has a fault',
};

/**
 * A progress bar with its name and state. Training that will begin automatically later is
 * announced.
 */
function Progress({ name, note, fraction }: { name: ReactNode; note: string; fraction: number }) {
  const words = typeof name === 'string' ? name : 'Progress in epoch';
  return (
    <div className={`${classes.figure} ${classes.epoch}`}>
      <dt className={classes.epochName}>
        <span role={typeof name === 'string' ? 'status' : undefined}>{name}</span>
        <span>{note}</span>
      </dt>
      <dd>
        <div className={classes.track} role="progressbar" aria-label={words} aria-valuenow={Math.round(100 * fraction)}>
          <div className={classes.fill} style={{ transform: `scaleX(${fraction})` }} />
        </div>
      </dd>
    </div>
  );
}

const formatWholePercent = (share: number) => (share > 0 ? `${Math.round(100 * share)} %` : '');

function Step() {
  const step = useFigure((state) => state.step);
  return (
    <div className={classes.figure} style={{ minWidth: 56 }}>
      <dt>Step</dt>
      <dd data-testid="step">{formatExact(step)}</dd>
    </div>
  );
}

function Speed() {
  const perSecond = useFigure((state) => state.examplesPerSecond);
  const msPerStep = useFigure((state) => state.msPerStep);
  return (
    <>
      <div className={classes.figure} style={{ minWidth: 62 }}>
        <dt>Images/s</dt>
        <dd data-testid="images-per-second">{perSecond > 0 ? formatCount(perSecond) : '–'}</dd>
      </div>
      <div className={`${classes.figure} ${classes.optional}`} style={{ minWidth: 62 }}>
        <dt>Per step</dt>
        <dd>{msPerStep > 0 ? formatMilliseconds(msPerStep) : '–'}</dd>
      </div>
    </>
  );
}
