/** The splits as people choose among them. */
export const SPLITS = [
  { value: 'train', label: 'Train' },
  { value: 'validation', label: 'Validation' },
  { value: 'test', label: 'Test' },
] as const;
