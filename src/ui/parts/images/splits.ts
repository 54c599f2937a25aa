/** The splits in the order of the choice. */
export const SPLITS = [
  { value: 'train', label: 'Train', help: 'The images that the network learns from' },
  {
    value: 'validation',
    label: 'Validation',
    help: 'Held back from the training images, to watch how the network does on images it does not learn from',
  },
  { value: 'test', label: 'Test', help: 'Never used in training: for the final judgement' },
] as const;
