import { formatCount, formatDuration, formatMilliseconds } from '../format';
import { useRunStore } from '../stores/run-store';
import { epochProgress } from './epoch-progress';
import classes from './header.module.css';

/** Where the run is: epoch with its progress and time left, step, speed. Every figure keeps its width. */
export function RunReadout() {
  return (
    <dl className={`${classes.readout} numeric`} aria-label="Progress of the run">
      <Epoch />
      <Step />
      <Speed />
    </dl>
  );
}

function Epoch() {
  const step = useRunStore((state) => state.step);
  const perEpoch = useRunStore((state) => state.stepsPerEpoch);
  const msPerStep = useRunStore((state) => state.msPerStep);
  const { epoch, fraction, stepsLeft } = epochProgress(step, perEpoch);
  const left = msPerStep > 0 && stepsLeft > 0 ? `${formatDuration((stepsLeft * msPerStep) / 1e3)} left` : '';
  return (
    <div className={`${classes.figure} ${classes.epoch}`}>
      <dt style={{ display: 'flex', justifyContent: 'space-between' }}>
        <span>
          Epoch <strong data-testid="epoch">{epoch}</strong>
        </span>
        <span>{left}</span>
      </dt>
      <dd className={classes.track} role="progressbar" aria-label="Progress in epoch" aria-valuenow={Math.round(100 * fraction)}>
        <div className={classes.fill} style={{ transform: `scaleX(${fraction})` }} />
      </dd>
    </div>
  );
}

function Step() {
  const step = useRunStore((state) => state.step);
  return (
    <div className={classes.figure} style={{ minWidth: 56 }}>
      <dt>Step</dt>
      <dd data-testid="step">{step.toLocaleString('en-US')}</dd>
    </div>
  );
}

function Speed() {
  const perSecond = useRunStore((state) => state.examplesPerSecond);
  const msPerStep = useRunStore((state) => state.msPerStep);
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
