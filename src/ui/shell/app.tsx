import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import classes from './app.module.css';
import { Builder } from '../features/builder/builder';
import { WeightsLine } from '../features/document/weights-line';
import { NetworkView } from '../features/network/network-view';
import { Banners } from './banners';
import { Header } from './header';
import { PanelFallback } from '../kit/panel';
import { PanelBoundary } from '../kit/panel-boundary';
import { useShortcuts } from './use-shortcuts';
import { Workspace } from './workspace';
import { TourOffer } from '../features/tour/tour-offer';
import { useTourStore } from '../features/tour/tour-store';

// Charts and canvases come after the first paint: building and playing need none of them.
const NarrowPage = lazy(() => import('./narrow-page').then((module) => ({ default: module.NarrowPage })));
const Charts = lazy(() => import('../features/charts/charts').then((module) => ({ default: module.Charts })));
const InspectorPanel = lazy(() =>
  import('../features/inspector/inspector-panel').then((module) => ({ default: module.InspectorPanel })),
);
const Tour = lazy(() => import('../features/tour/tour').then((module) => ({ default: module.Tour })));
const PredictionPanel = lazy(() =>
  import('../features/prediction/prediction-panel').then((module) => ({ default: module.PredictionPanel })),
);

const panels = {
  build: <Builder />,
  network: (
    <PanelBoundary name="Network">
      <NetworkView />
    </PanelBoundary>
  ),
  inspector: (
    <PanelBoundary name="Inspector">
      <Suspense fallback={<PanelFallback height={240} />}>
        <InspectorPanel />
      </Suspense>
    </PanelBoundary>
  ),
  charts: (
    <PanelBoundary name="Charts">
      <Suspense fallback={<PanelFallback height={640} />}>
        <Charts />
      </Suspense>
    </PanelBoundary>
  ),
  prediction: (
    <PanelBoundary name="Prediction">
      <Suspense fallback={<PanelFallback height={400} />}>
        <PredictionPanel />
      </Suspense>
    </PanelBoundary>
  ),
};

export type Panels = typeof panels;

/**
 * The whole page: the builder beside one of several views on a desktop, one column with tabs below
 * 900 px.
 */
export function App() {
  const narrow = useMediaQuery('(max-width: 899px)', undefined, { getInitialValueInEffect: false });
  const tourStop = useTourStore((state) => state.stop);
  useShortcuts();
  return (
    <div className={classes.page}>
      <Header />
      <WeightsLine />
      <Banners />
      {narrow && <TourOffer />}
      <PanelBoundary name="The page">
        <Suspense>{narrow ? <NarrowPage panels={panels} /> : <WidePage />}</Suspense>
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
      <Workspace panels={panels} />
    </main>
  );
}
