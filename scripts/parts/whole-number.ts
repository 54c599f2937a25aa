import { PlaygroundError } from '../../src/errors.ts';

/** A whole number from the command line. @throws PlaygroundError naming the option. */
export function wholeNumber(text: string, option: string, least = 1): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value;
  throw new PlaygroundError(`--${option} takes a whole number of at least ${least}, not "${text}".`);
}
