import { Button, Loader } from '@mantine/core';
import { IconPlayerPauseFilled, IconRefresh } from '@tabler/icons-react';
import { useRef, type ReactNode } from 'react';
import { formatCount } from '../../kit/words/format';
import { inSentences } from '../../kit/words/sentence';
import { Panel } from '../../kit/panel';
import { isPausing, isRunning } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { Tooltip } from '../../kit/tooltip';
import { usePlayground } from '../../client/use-playground';
import { Controls } from './controls';
import { Stage } from './stage';
import { takeNextBatch } from './step-actions';
import { StepMap } from './step-map';
import { useStale, useStepStore } from './step-store';
import classes from './step.module.css';
import { useNextBatch } from './use-next-batch';
import { useArrowKeys, usePlayback } from './use-playback';

/**
 * Follows one batch through a training step: forward layer by layer, loss, backward, update. The
 * user goes forward and back at any pace.
 */
export function StepView() {
  const view = useRef<HTMLDivElement>(null);
  const ready = useStepStore((state) => state.trace !== null);
  const step = useStepStore((state) => state.trace?.step);
  useNextBatch();
  usePlayback();
  useArrowKeys(view);
  return (
    <div ref={view} className={classes.view}>
      <Panel title="Step through one batch" note={step !== undefined && `step ${formatCount(step)}`}>
        {ready ? <Batch /> : <NoBatch />}
      </Panel>
    </div>
  );
}

function Batch() {
  return (
    <>
      <Controls />
      <Notice />
      <div className={classes.columns}>
        <StepMap />
        <Stage />
      </div>
    </>
  );
}

/** Says why the numbers shown are out of date, or what went wrong. */
function Notice() {
  const playground = usePlayground();
  const stale = useStale();
  const running = useRunStore(isRunning);
  const error = useStepStore((state) => state.error);
  if (error) {
    return (
      <div className={classes.failed} role="alert">
        {inSentences(error)}
        <Tooltip label="Begins again with the batch that training would take next">
          <Button size="compact-sm" variant="default" onClick={() => void takeNextBatch(playground)}>
            Take the next batch
          </Button>
        </Tooltip>
      </div>
    );
  }
  if (!stale) return null;
  return (
    <div className={classes.notice} role="status">
      The network has trained on since this batch was looked at, so its numbers are out of date.
      {running && <PauseButton />}
    </div>
  );
}

function PauseButton() {
  const playground = usePlayground();
  const pausing = useRunStore(isPausing);
  return (
    <Tooltip label="Stops training after the steps under way, and looks at the next batch">
      <Button
        size="compact-sm"
        loading={pausing}
        leftSection={<IconPlayerPauseFilled size={14} aria-hidden />}
        onClick={() => playground.pause().catch(playground.showProblem)}
      >
        Pause to step through
      </Button>
    </Tooltip>
  );
}

function NoBatch() {
  const playground = usePlayground();
  const running = useRunStore(isRunning);
  const hasData = useRunStore((state) => state.dataset !== null);
  const error = useStepStore((state) => state.error);
  if (running) {
    return (
      <Empty title="The network is training">
        Pause it to walk through a single batch: forward, loss, backward and update, number by number.
        <PauseButton />
      </Empty>
    );
  }
  if (error) {
    return (
      <Empty title="There is no batch to step through">
        <span role="alert">{inSentences(error)}</span>
        <Tooltip label="Computes the next batch again">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconRefresh size={14} aria-hidden />}
            onClick={() => void takeNextBatch(playground)}
          >
            Try again
          </Button>
        </Tooltip>
      </Empty>
    );
  }
  return (
    <Empty title={hasData ? 'Working out the next batch…' : 'Waiting for the images…'}>
      <Loader size="sm" aria-hidden />
    </Empty>
  );
}

function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={classes.empty}>
      <strong>{title}</strong>
      {children}
    </div>
  );
}
