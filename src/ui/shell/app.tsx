import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useEffect } from 'react';
import classes from './app.module.css';
import { WeightsLine } from '../features/document/weights-line';
import { Banners } from './banners';
import { FirstScreen } from './first-screen';
import { Header } from './header';
import { PanelBoundary } from '../kit/panel-boundary';
import { panels } from './panels';
import { useStageStore } from '../stores/stage-store';
import { useShortcuts } from './use-shortcuts';
import { Workspace } from './workspace';
import { TourOffer } from '../features/tour/tour-offer';
import { useTourStore } from '../features/tour/tour-store';

const NarrowPage = lazy(() => import('./narrow-page').then((module) => ({ default: module.NarrowPage })));
// The note's rules load after the first paint. If they cannot be loaded, the page works without it.
const DiagnosisNote = lazy(() =>
  import('../features/gradients/diagnosis/diagnosis-note').then(
    (module) => ({ default: module.DiagnosisNote }),
    () => ({ default: () => null }),
  ),
);
const diagnosisNote = <DiagnosisNote />;
const Tour = lazy(() => import('../features/tour/tour').then((module) => ({ default: module.Tour })));

/**
 * The whole page: on a desktop the builder beside one of several views, below 900 px one column
 * with tabs.
 */
export function App() {
  const narrow = useMediaQuery('(max-width: 899px)', undefined, { getInitialValueInEffect: false });
  const tourStop = useTourStore((state) => state.stop);
  const first = useStageStore((state) => state.stage === 'first');
  useShortcuts();
  useEffect(() => {
    if (tourStop !== null) useStageStore.getState().enter();
  }, [tourStop]);
  if (first) {
    return (
      <div className={classes.page}>
        <Header plain />
        <Banners />
        <FirstScreen />
      </div>
    );
  }
  return (
    <div className={classes.page}>
      <Header />
      <WeightsLine note={diagnosisNote} />
      <Banners />
      {narrow && <TourOffer />}
      <PanelBoundary name="The page">
        <Suspense>{narrow ? <NarrowPage /> : <WidePage />}</Suspense>
      </PanelBoundary>
      <PanelBoundary name="The tour">
        <Suspense>{tourStop !== null && <Tour stop={tourStop} />}</Suspense>
      </PanelBoundary>
    </div>
  );
}

function WidePage() {
  return (
    <main className={classes.columns}>
      <div className={classes.column}>{panels.build}</div>
      <Workspace />
    </main>
  );
}
