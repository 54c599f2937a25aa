import type { DatasetFacts } from './dataset';
import { MNIST_INK_SHARE } from './drawing';

/** What all data sets of single handwritten digits share with MNIST. */
const DIGITS = {
  height: 28,
  width: 28,
  channels: 1,
  classes: 10,
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  shows: 'digits',
  drawing: { inkShare: MNIST_INK_SHARE, penHelp: 'Draws white on black, like the digits of MNIST' },
} as const;

export const MNIST = { id: 'mnist', name: 'MNIST', ...DIGITS } as const satisfies DatasetFacts;

export const GENERATED_DIGITS = {
  id: 'generated',
  name: 'Generated digits',
  ...DIGITS,
} as const satisfies DatasetFacts;
