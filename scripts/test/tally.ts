import { readFileSync } from 'node:fs';
import { z } from 'zod';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

export const NO_TESTS: Readonly<Tally> = { passed: 0, failed: 0, skipped: 0 };

const vitestReport = z
  .object({
    numPassedTests: z.number(),
    numFailedTests: z.number(),
    numPendingTests: z.number(),
    numTodoTests: z.number(),
  })
  .transform((report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }));

const playwrightReport = z
  .object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }) })
  // Flaky is failed: a test that passes on the second try has failed once.
  .transform(({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }));

/**
 * Counts the tests in the JSON report of Vitest or Playwright. A report that is missing or
 * unreadable counts as one failure: the runner died before it could write one.
 */
export function readTally(path: string): Tally {
  try {
    return z.union([vitestReport, playwrightReport]).parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return { ...NO_TESTS, failed: 1 };
  }
}
