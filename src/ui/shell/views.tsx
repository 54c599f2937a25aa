import {
  IconArrowsDiff,
  IconBook,
  IconChartHistogram,
  IconPlayerTrackNext,
  IconTargetArrow,
  IconWaveSine,
} from '@tabler/icons-react';
import { lazy, type ComponentType } from 'react';
import type { ViewName } from '../stores/view-store';

interface View {
  name: ViewName;
  label: string;
  /** What it is for, in one line. */
  help: string;
  Icon: typeof IconBook;
  /** Left out for `train`, which the page lays out itself. */
  Content?: ComponentType;
  /** The layer inspector stands beside it. */
  inspector?: boolean;
}

// Each is loaded when it is looked at for the first time.
const GradientsView = lazy(() =>
  import('../features/gradients/gradients-view').then((module) => ({ default: module.GradientsView })),
);
const StepView = lazy(() => import('../features/step/step-view').then((module) => ({ default: module.StepView })));
const TestView = lazy(() =>
  import('../features/prediction/test-view').then((module) => ({ default: module.TestView })),
);
const CompareView = lazy(() =>
  import('../features/compare/compare-view').then((module) => ({ default: module.CompareView })),
);
const GuideView = lazy(() => import('../features/guide/guide-view').then((module) => ({ default: module.GuideView })));

/** Everything that can be in front, in the order of the tabs. */
export const VIEWS: readonly View[] = [
  {
    name: 'train',
    label: 'Train',
    help: 'The network, its curves and its predictions while it learns',
    Icon: IconChartHistogram,
  },
  {
    name: 'gradients',
    label: 'Gradients',
    help: 'Every layer over time: gradients, weights, activations, as lines, heat map and histograms',
    Icon: IconWaveSine,
    Content: GradientsView,
    inspector: true,
  },
  {
    name: 'step',
    label: 'Step through',
    help: 'One batch in slow motion: forward, loss, backward, update',
    Icon: IconPlayerTrackNext,
    Content: StepView,
  },
  {
    name: 'test',
    label: 'Test',
    help: 'What the network gets right and wrong, image by image',
    Icon: IconTargetArrow,
    Content: TestView,
    inspector: true,
  },
  {
    name: 'compare',
    label: 'Compare',
    help: 'Two layers or two runs side by side',
    Icon: IconArrowsDiff,
    Content: CompareView,
  },
  {
    name: 'guide',
    label: 'Guide',
    help: 'From pixels to gradients, with the network on this page',
    Icon: IconBook,
    Content: GuideView,
  },
];
