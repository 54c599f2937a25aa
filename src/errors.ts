/**
 * Where the problem lies in what the user made. Every part is optional; give the most precise place
 * that is known.
 */
export interface Place {
  /** The layer id as shown on the page, such as `conv2d_1`. */
  layer?: string;
  /** The field of that layer or of the settings, such as `kernelSize`. */
  field?: string;
  /** File name or address. */
  file?: string;
}

/** An error as plain data, so that it survives `postMessage`. */
export interface ErrorReport {
  what: string;
  where: Place;
  remedy: string;
}

/** The error type for people: it says what is wrong, where, and what to do about it. */
export class PlaygroundError extends Error {
  override readonly name = 'PlaygroundError';
  readonly what: string;
  readonly where: Place;
  readonly remedy: string;

  constructor(what: string, options: { where?: Place; remedy?: string; cause?: unknown } = {}) {
    const where = options.where ?? {};
    const place = [where.layer, where.field, where.file].filter(Boolean).join(', ');
    super([place && `${place}:`, what, options.remedy].filter(Boolean).join(' '), { cause: options.cause });
    this.what = what;
    this.where = where;
    this.remedy = options.remedy ?? '';
  }
}

/**
 * Turns anything that was thrown into a report that can cross the worker boundary. Never throws.
 */
export function reportOf(error: unknown): ErrorReport {
  if (error instanceof PlaygroundError) return { what: error.what, where: error.where, remedy: error.remedy };
  return { what: error instanceof Error ? error.message : String(error), where: {}, remedy: '' };
}

/** The inverse of {@link reportOf}, on the other side of the worker boundary. */
export function errorFrom(report: ErrorReport): PlaygroundError {
  return new PlaygroundError(report.what, { where: report.where, remedy: report.remedy });
}

/**
 * Something that the program relies on is missing. This is a fault of the program, not of its
 * input.
 */
export class MissingError extends Error {
  override readonly name = 'MissingError';
}

/**
 * The value, which is certain to be there because of how the program is made.
 * @param what names the value in the error message
 * @throws MissingError if the value is missing after all
 */
export function required<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new MissingError(`There is no ${what}.`);
  return value;
}
