import { Button, Loader } from '@mantine/core';
import { IconPlayerPauseFilled, IconPlayerPlayFilled, IconStack2, IconZoomScan } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { SUBJECTS } from '../../data/subjects';
import { usePlayground } from '../client/use-playground';
import { PanelFallback } from '../kit/panel';
import { PanelBoundary } from '../kit/panel-boundary';
import { Tooltip } from '../kit/tooltip';
import { formatCount } from '../kit/words/format';
import { useDatasetFacts } from '../stores/dataset-facts';
import { useModelStore } from '../stores/model/model-store';
import { useNarrowStore, type NarrowPart } from '../stores/narrow-store';
import { isTraining, isWaiting, sourceOf } from '../stores/run-machine/selectors';
import { useRunStore } from '../stores/run-store';
import { useSeriesStore } from '../stores/series-store';
import { useStageStore } from '../stores/stage-store';
import classes from './first-screen.module.css';
import { panels } from './panels';

const FirstAnswer = lazy(() =>
  import('../features/prediction/first-answer').then((module) => ({ default: module.FirstAnswer })),
);
const LearningCurves = lazy(() =>
  import('../features/charts/learning-curves').then((module) => ({ default: module.LearningCurves })),
);

/**
 * The screen for people who have never been here: what this is in one sentence, something to draw
 * on, the network at work, and one button that makes it learn.
 */
export function FirstScreen() {
  const { shows } = useDatasetFacts();
  const { image, classes: things } = SUBJECTS[shows];
  // Whoever selects a layer of the network wants to look inside it.
  const selected = useModelStore((state) => state.selected);
  useEffect(() => {
    if (selected !== null) enter('network');
  }, [selected]);
  return (
    <main className={classes.screen} data-first-screen>
      <div className={classes.claim}>
        <h2>See a neural network learn to tell {things} apart</h2>
        <p>It runs in your browser. Draw {image}, and each layer shows what it makes of it.</p>
      </div>
      <div className={classes.parts}>
        <div className={classes.answer}>
          <PanelBoundary name="The draw pad">
            <Suspense fallback={<div className={classes.answerRoom} />}>
              <FirstAnswer />
            </Suspense>
          </PanelBoundary>
          <Watch />
        </div>
        <div className={classes.network}>{panels.network}</div>
      </div>
      <WaysIn />
    </main>
  );
}

/** Learning from nothing, with its curves. */
function Watch() {
  const playground = usePlayground();
  const [begun, setBegun] = useState(false);
  const active = useRunStore(isTraining);
  const waiting = useRunStore(isWaiting);
  const fresh = useRunStore((state) => sourceOf(state) === null);
  const watched = begun && fresh;
  const watch = async () => {
    setBegun(true);
    await playground.pause();
    await playground.reset();
    playground.play();
  };
  const again = active || watched;
  return (
    <div className={classes.watch}>
      <div className={classes.actions}>
        <Button
          size="md"
          radius="xl"
          leftSection={waiting ? <Loader size={18} color="white" /> : <IconPlayerPlayFilled size={18} />}
          onClick={() => void watch().catch(playground.showProblem)}
        >
          {again ? 'Watch it learn again' : 'Watch it learn'}
        </Button>
        {active && (
          <Button
            size="md"
            radius="xl"
            variant="default"
            leftSection={<IconPlayerPauseFilled size={18} />}
            onClick={() => void playground.pause().catch(playground.showProblem)}
          >
            Pause
          </Button>
        )}
        {watched && !active && (
          <Button size="md" radius="xl" variant="default" onClick={playground.play}>
            Go on
          </Button>
        )}
      </div>
      <p className={`${classes.story} numeric`} role="status">
        {watched ? <Story waiting={waiting} /> : 'It has learnt already. The button takes that away and begins anew.'}
      </p>
      {watched && (
        <div className={classes.curves}>
          <PanelBoundary name="Charts">
            <Suspense fallback={<PanelFallback height={160} />}>
              <LearningCurves />
            </Suspense>
          </PanelBoundary>
        </div>
      )}
    </div>
  );
}

function Story({ waiting }: { waiting: boolean }) {
  const step = useSeriesStore((state) => state.shown.recent.at(-1)?.step ?? 0);
  const batch = useRunStore((state) => state.machine.run.settings.batchSize);
  if (waiting) return 'Waiting for the images…';
  if (step === 0) return 'Random weights: it knows nothing yet.';
  return `It began with random weights and has seen ${formatCount(step * batch)} images.`;
}

/** @param part the tab in front on a narrow page */
function enter(part: NarrowPart): void {
  useNarrowStore.getState().show(part);
  useStageStore.getState().enter();
}

const lookInside = () => useModelStore.getState().select(useModelStore.getState().layers[0]?.uid ?? null);

/** What lies behind the first screen. */
function WaysIn() {
  return (
    <nav className={classes.ways} aria-label="Go on">
      <Tooltip label="Stack layers of your own, with all settings, charts and views">
        <Button variant="default" size="md" leftSection={<IconStack2 size={18} />} onClick={() => enter('build')}>
          Build your own
        </Button>
      </Tooltip>
      <Tooltip label="The filters, the numbers and the gradients of each layer">
        <Button variant="default" size="md" leftSection={<IconZoomScan size={18} />} onClick={lookInside}>
          Look inside
        </Button>
      </Tooltip>
    </nav>
  );
}
