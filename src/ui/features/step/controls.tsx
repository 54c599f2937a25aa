import { ActionIcon, Button, Slider } from '@mantine/core';
import {
  IconChevronLeft,
  IconChevronRight,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerTrackNextFilled,
} from '@tabler/icons-react';
import { isRunning } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { Tooltip } from '../../kit/tooltip';
import { usePlayground } from '../../client/use-playground';
import { stageTitle } from './stages';
import { goToStage, pauseSlowMotion, playSlowly, takeNextBatch } from './step-actions';
import { useStale, useStepStore } from './step-store';
import classes from './step.module.css';

/** The buttons of the view: back, forward, slow motion with its speed, and next batch. */
export function Controls() {
  const playground = usePlayground();
  const busy = useStepStore((state) => state.busy !== null);
  const running = useRunStore(isRunning);
  return (
    <div className={classes.controls} role="group" aria-label="Stages">
      <Moves />
      <Position />
      <Speed />
      <Tooltip label="Shows the batch that training would take next: this one, if it has not been trained on yet.">
        <Button
          size="compact-sm"
          variant="default"
          className={classes.nextBatch}
          disabled={busy || running}
          leftSection={<IconPlayerTrackNextFilled size={14} aria-hidden />}
          onClick={() => void takeNextBatch(playground)}
        >
          Next batch
        </Button>
      </Tooltip>
    </div>
  );
}

function Moves() {
  const playground = usePlayground();
  const at = useStepStore((state) => state.at);
  const last = useStepStore((state) => state.stages.length - 1);
  const busy = useStepStore((state) => state.busy !== null);
  const playing = useStepStore((state) => state.playing);
  const trains = useStepStore(({ stages, at, update }) => stages[at + 1]?.kind === 'update' && !update);
  const stale = useStale();
  const go = (to: number) => {
    pauseSlowMotion();
    void goToStage(playground, to);
  };
  return (
    <div className={classes.moves}>
      <Tooltip label="Previous stage (←). Going back never un-trains the network.">
        <ActionIcon
          size={36}
          radius="xl"
          variant="default"
          aria-label="Previous stage"
          disabled={at === 0}
          onClick={() => go(at - 1)}
        >
          <IconChevronLeft size={20} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={playing ? 'Pause slow motion' : 'Slow motion: goes on by itself, through the update as well'}>
        <ActionIcon
          size={36}
          radius="xl"
          variant="default"
          aria-label={playing ? 'Pause slow motion' : 'Play slow motion'}
          onClick={() => (playing ? pauseSlowMotion() : playSlowly(playground))}
        >
          {playing ? <IconPlayerPauseFilled size={16} aria-hidden /> : <IconPlayerPlayFilled size={16} aria-hidden />}
        </ActionIcon>
      </Tooltip>
      <Tooltip label={trains ? 'Next stage (→): the update, which trains the network on this batch' : 'Next stage (→)'}>
        <ActionIcon
          size={36}
          radius="xl"
          variant="filled"
          color="accent"
          aria-label="Next stage"
          disabled={at >= last || busy || (trains && stale)}
          onClick={() => go(at + 1)}
        >
          <IconChevronRight size={20} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/** Says which stage is shown. Screen readers read it out when it changes. */
function Position() {
  const at = useStepStore((state) => state.at);
  const count = useStepStore((state) => state.stages.length);
  const title = useStepStore(({ stages, at, model }) => (model && stages[at] ? stageTitle(stages[at], model) : ''));
  return (
    <span className={`${classes.position} numeric`} role="status">
      <span className={classes.positionCount}>
        {at + 1} of {count}
      </span>
      <span className={classes.positionTitle}>{title}</span>
    </span>
  );
}

/** Stages per second; each speed is twice the one before. */
const SPEEDS = [0.25, 0.5, 1, 2, 4];

function Speed() {
  const speed = useStepStore((state) => state.speed);
  return (
    <Tooltip label="Speed of slow motion, in stages per second">
      <div className={classes.speed}>
        <span aria-hidden>Speed</span>
        <Slider
          className={classes.slider}
          size="sm"
          min={0}
          max={SPEEDS.length - 1}
          step={1}
          label={null}
          value={SPEEDS.indexOf(speed)}
          onChange={(index) => useStepStore.setState({ speed: SPEEDS[index] })}
          thumbLabel="Speed of slow motion"
          thumbProps={{ 'aria-valuetext': `${speed} stages per second` }}
        />
        <span className={`${classes.speedValue} numeric`}>{speed} / s</span>
      </div>
    </Tooltip>
  );
}
