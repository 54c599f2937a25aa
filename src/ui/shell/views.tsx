import {
  IconArrowsDiff,
  IconBook,
  IconChartHistogram,
  IconPlayerTrackNext,
  IconTargetArrow,
  IconWaveSine,
} from '@tabler/icons-react';
import { lazy, type ComponentType } from 'react';
import { VIEW_LABELS, type ViewName } from '../stores/view-store';

interface View {
  name: ViewName;
  /** The purpose of the view, in one line. */
  help: string;
  Icon: typeof IconBook;
  /** Omitted for `train`, which the page lays out itself. */
  Content?: ComponentType;
  /** Whether the layer inspector is beside the view. */
  inspector?: boolean;
}

// Each view is loaded when it is first opened.
const GradientsView = lazy(() =>
  import('../features/gradients/gradients-view').then((module) => ({ default: module.GradientsView })),
);
const StepView = lazy(() => import('../features/step/step-view').then((module) => ({ default: module.StepView })));
const TestView = lazy(() =>
  import('../features/prediction/test-view').then((module) => ({ default: module.TestView })),
);
const CompareView = lazy(async () => {
  const [{ CompareView: View }, { LayerInspector }] = await Promise.all([
    import('../features/compare/compare-view'),
    import('../features/inspector/layer-inspector'),
  ]);
  return { default: () => <View Inspector={LayerInspector} /> };
});
const GuideView = lazy(() => import('../features/guide/guide-view').then((module) => ({ default: module.GuideView })));

const CONTENTS: readonly View[] = [
  {
    name: 'train',
    help: 'The network, its curves and its predictions while it learns',
    Icon: IconChartHistogram,
  },
  {
    name: 'gradients',
    help: 'Every layer over time: gradients, weights, activations, as lines, heat map and histograms',
    Icon: IconWaveSine,
    Content: GradientsView,
    inspector: true,
  },
  {
    name: 'step',
    help: 'One batch in slow motion: forward, loss, backward, update',
    Icon: IconPlayerTrackNext,
    Content: StepView,
  },
  {
    name: 'test',
    help: 'What the network gets right and wrong, image by image',
    Icon: IconTargetArrow,
    Content: TestView,
    inspector: true,
  },
  {
    name: 'compare',
    help: 'Two layers or two runs side by side',
    Icon: IconArrowsDiff,
    Content: CompareView,
  },
  {
    name: 'guide',
    help: 'From pixels to gradients, with the network on this page',
    Icon: IconBook,
    Content: GuideView,
  },
];

/** All views, in the order of their tabs. */
export const VIEWS = CONTENTS.map((view) => ({ ...view, label: VIEW_LABELS[view.name] }));
