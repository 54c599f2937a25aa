import { GENERATED_DIGITS } from '../digits';
import type { DatasetEntry } from './entry';

export const generated: DatasetEntry<typeof GENERATED_DIGITS.id> = {
  ...GENERATED_DIGITS,
  inSentence: 'generated digits',
  help: 'Digits that the page draws itself: nothing is downloaded',
  loading: 'Drawing digits',
  fallback: null,
  credits: null,
  async load({ onProgress }) {
    onProgress(0);
    const { generateDigits } = await import('../generated');
    const dataset = generateDigits();
    onProgress(1);
    return dataset;
  },
};
