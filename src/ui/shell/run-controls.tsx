import { ActionIcon, Loader } from '@mantine/core';
import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipForwardFilled,
  IconRotate2,
} from '@tabler/icons-react';
import { inSentences } from '../kit/words/sentence';
import { useModelStore } from '../stores/model/model-store';
import { unreadyOf } from '../stores/model/readiness';
import { faultOf, isPausing, isRunning, isTraining, isWaiting, sourceOf } from '../stores/run-machine/selectors';
import { useRunStore } from '../stores/run-store';
import { Tooltip } from '../kit/tooltip';
import { usePlayground } from '../client/use-playground';
import classes from './header.module.css';

/** The buttons reset, play or pause, and step. */
export function RunControls() {
  const playground = usePlayground();
  const running = useRunStore(isRunning);
  const waiting = useRunStore(isWaiting);
  const active = useRunStore(isTraining);
  const pausing = useRunStore(isPausing);
  const fresh = useRunStore((state) => state.step === 0 && !sourceOf(state) && !faultOf(state));
  const why = useModelStore((state) => {
    const unready = unreadyOf(state);
    return unready ? inSentences(unready.error) : '';
  });
  const play = why ? `Play is off: ${why}` : 'Play (space)';
  const cannotReset = fresh && !running;
  const cannotPlay = why !== '' && !active;
  const cannotStep = active || why !== '';
  return (
    <div className={classes.controls} role="group" aria-label="Run">
      <Tooltip label="Reset: fresh weights, step 0">
        <ActionIcon
          size={36}
          radius="xl"
          aria-label="Reset"
          {...unavailable(cannotReset)}
          onClick={() => void (cannotReset || playground.reset().catch(playground.showProblem))}
        >
          <IconRotate2 size={19} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={pausing ? 'Pausing…' : active ? 'Pause (space)' : play}>
        <ActionIcon
          size={48}
          radius="xl"
          variant="filled"
          color="accent"
          className={classes.play}
          aria-label={active ? 'Pause' : 'Play'}
          {...unavailable(cannotPlay)}
          aria-busy={pausing || waiting}
          onClick={() => playground.togglePlay()}
        >
          <PlayIcon active={active} busy={pausing ? 'Pausing' : waiting ? 'Waiting for the images' : ''} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={why ? `Step is off: ${why}` : 'Step: train on one batch'}>
        <ActionIcon
          size={36}
          radius="xl"
          aria-label="Step one batch"
          {...unavailable(cannotStep)}
          onClick={() => cannotStep || playground.stepOnce()}
        >
          <IconPlayerSkipForwardFilled size={17} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/**
 * Not `disabled`, because each press makes the button unavailable for a while, and a disabled
 * button would lose the focus.
 */
const unavailable = (is: boolean) => ({ 'aria-disabled': is, 'data-disabled': is || undefined });

function PlayIcon({ active, busy }: { active: boolean; busy: string }) {
  if (busy) return <Loader size={20} color="white" aria-label={busy} />;
  return active ? <IconPlayerPauseFilled size={22} /> : <IconPlayerPlayFilled size={22} />;
}
