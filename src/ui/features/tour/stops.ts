import type { DatasetFacts } from '../../../data/dataset';
import { SUBJECTS } from '../../../data/subjects';
import type { NarrowPart } from '../../stores/narrow-store';

/** One stop of the tour: a place on the page that it points at. */
export interface Stop {
  title: string;
  text: string | ((facts: DatasetFacts) => string);
  /** CSS selectors of what to point at, the best first: what is not on the page is passed over. */
  anchors: readonly string[];
  /** The tab that shows the place on a narrow page; left out if the place is always visible. */
  part?: NarrowPart;
  /** Where the card stands beside it on a wide page. */
  side: 'right' | 'left' | 'bottom' | 'top';
  /** Whether a layer has to be selected for the place to show anything. */
  needsLayer?: boolean;
}

/** The stops of the tour in order: build, train, look inside, try. */
export const STOPS: readonly Stop[] = [
  {
    title: 'Stack a network',
    text:
      'Click a layer to add it, or drag it to its place. Shapes and parameters follow at once, and a stack that ' +
      'cannot work says why.',
    anchors: ['[data-panel="Layers"]', '[data-panel="Layer stack"]'],
    part: 'build',
    side: 'right',
  },
  {
    title: 'Train it here',
    text:
      'Play, pause, or train on one batch at a time. It all runs on this computer; nothing is sent anywhere. The ' +
      'space bar does the same.',
    anchors: ['[role="group"][aria-label="Run"]'],
    side: 'bottom',
  },
  {
    title: 'See what every layer answers',
    text:
      'Each row is a layer with its answer to one image, live. The bar on the right is the size of its gradient. ' +
      'Select a row to look inside.',
    anchors: ['[data-panel="Network"]'],
    part: 'network',
    side: 'right',
  },
  {
    title: 'Watch the gradients',
    text:
      'One line per layer, on a logarithmic axis. Lines that fall towards the input are vanishing gradients; lines ' +
      'that shoot up come before NaN.',
    anchors: ['[data-panel="Charts"] figure:has([aria-label^="Gradient"])', '[data-panel="Charts"]'],
    part: 'charts',
    side: 'left',
  },
  {
    title: 'Look inside a layer',
    text:
      'Its filters, their gradients, and what it makes of the chosen ' +
      'image. Point at a picture to read its numbers.',
    anchors: ['[data-panel="Inspector"]'],
    part: 'network',
    side: 'right',
    needsLayer: true,
  },
  {
    title: 'Try it yourself',
    text: ({ drawing, shows }) =>
      `${drawing ? `Draw ${SUBJECTS[shows].image}, or pick` : 'Pick'} an image. The ` +
      'answer follows the network while it learns.',
    anchors: ['[data-panel="Prediction"]'],
    part: 'predict',
    side: 'left',
  },
  {
    title: 'Go deeper',
    text:
      'Gradients over time, one batch in slow motion, every mistake on the test images, two runs side by side, and a ' +
      'guide from pixels to gradients.',
    anchors: [
      '[role="tablist"][aria-label="Views"]',
      '[role="tablist"][aria-label="Parts of the page"] [role="tab"]:last-child',
    ],
    part: 'more',
    side: 'bottom',
  },
];
