import { lazy, Suspense } from 'react';
import { Builder } from '../features/builder/builder';
import { NetworkView } from '../features/network/network-view';
import { PanelFallback } from '../kit/panel';
import { PanelBoundary } from '../kit/panel-boundary';

// Charts and canvases load after the first paint, because building and playing need none of them.
const Charts = lazy(async () => {
  const [{ Charts: Three }, { CheckButton }] = await Promise.all([
    import('../features/charts/charts'),
    import('../features/gradient-check/check-button'),
  ]);
  // The element is created once, because the chart renders again whenever its props change.
  const check = <CheckButton />;
  return { default: () => <Three gradientAction={check} /> };
});
const InspectorPanel = lazy(() =>
  import('../features/inspector/inspector-panel').then((module) => ({ default: module.InspectorPanel })),
);
const PredictionPanel = lazy(() =>
  import('../features/prediction/prediction-panel').then((module) => ({ default: module.PredictionPanel })),
);

/** The parts that the wide and the narrow page lay out differently. */
export const panels = {
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
