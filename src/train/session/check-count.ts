import { PlaygroundError } from '../../errors';

/** @throws PlaygroundError unless the value is a whole number of at least 1. */
export function checkCount(value: number, field: string): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new PlaygroundError(`${String(value)} is not a whole number of at least 1.`, { where: { field } });
}
