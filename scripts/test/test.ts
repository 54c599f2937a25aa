/**
 * `npm test`: every check of the project, one section each. All stages run even if one fails; the
 * exit code is 1 if any did. `npm test -- unit gpu` runs only the stages named. The last line is `N
 * passed, N failed, N skipped`.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { findChromium } from '../browser/find-chromium.ts';
import { findFirefox } from '../browser/find-firefox.ts';
import { installChromium } from '../browser/install-chromium.ts';
import { NO_TESTS, readTally, type Tally } from './tally.ts';

interface Stage {
  name: string;
  title: string;
  commands: string[];
  /**
   * Where the test runner of this stage writes its JSON report. Stages without one count only when
   * they fail.
   */
  report?: string;
  needsBrowser?: boolean;
  /** Why the tests of this stage will be skipped on this machine; null where they run. */
  skipped?: () => string | null;
}

const REPORTS = 'test-results';

function vitest(project: string, more = ''): Pick<Stage, 'commands' | 'report'> {
  const report = `${REPORTS}/${project}.json`;
  const options =
    `--project ${project} --allowOnly=false --reporter=default ` +
    `--reporter=json --outputFile.json=${report} ${more}`;
  return { commands: [`npx vitest run ${options}`], report };
}

const STAGES: Stage[] = [
  { name: 'typecheck', title: 'Type check', commands: ['npm run --silent typecheck'] },
  { name: 'lint', title: 'Lint and format', commands: ['npm run --silent lint'] },
  { name: 'unit', title: 'Unit tests (Node)', ...vitest('unit', '--coverage') },
  { name: 'gpu', title: 'GPU tests (Chromium, WebGPU on a software adapter)', ...vitest('gpu'), needsBrowser: true },
  { name: 'ui', title: 'Component tests (Chromium)', ...vitest('ui'), needsBrowser: true },
  { name: 'build', title: 'Build and its size', commands: ['npm run --silent build', 'npm run --silent size'] },
  {
    name: 'e2e',
    title: 'End-to-end tests (Chromium, built page)',
    commands: ['npx playwright test --config e2e/playwright.config.ts --forbid-only'],
    report: `${REPORTS}/e2e.json`,
    needsBrowser: true,
  },
  {
    name: 'firefox',
    title: 'Smoke test (Firefox, built page)',
    commands: ['npx playwright test --config e2e/firefox/playwright.config.ts --forbid-only'],
    report: `${REPORTS}/firefox.json`,
    skipped: () =>
      findFirefox() ? null : 'Skipped: there is no Firefox. Install firefox-esr or firefox, or set FIREFOX_PATH.',
  },
];

/** @returns the path of a browser, installing one if there is none; null if that failed. */
function provideBrowser(): string | null {
  heading('Browser');
  try {
    const found = findChromium() ?? installChromium();
    if (found) console.log(`Chromium ${found.source}: ${found.path}`);
    else
      console.log(
        'No browser: install Chromium or Chrome, or set CHROMIUM_PATH. The GPU and end-to-end tests cannot run.',
      );
    return found?.path ?? null;
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    return null;
  }
}

async function runStage(stage: Stage, browser: string | null): Promise<Tally> {
  heading(stage.title);
  if (stage.needsBrowser && !browser) {
    console.log('Not run: there is no browser.');
    return { ...NO_TESTS, failed: 1 };
  }
  const skipped = stage.skipped?.();
  if (skipped) console.log(skipped);
  const started = performance.now();
  let ok = true;
  for (const command of stage.commands) ok = (await succeeds(command, browser)) && ok;
  const tally = stage.report ? readTally(stage.report) : { ...NO_TESTS };
  // A file that does not load fails no test, yet must not pass.
  if (!ok) tally.failed = Math.max(tally.failed, 1);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${ok ? 'ok' : 'FAILED'} in ${seconds} s${stage.report ? `: ${inWords(tally)}` : ''}`);
  return tally;
}

/** Runs a shell command with its output on the terminal. */
function succeeds(command: string, browser: string | null): Promise<boolean> {
  // All stages use the browser found above; the other variable must not overrule it.
  const env = { ...process.env, CHROMIUM_PATH: browser ?? '', CHROME_PATH: '' };
  const child = spawn(command, { shell: true, stdio: 'inherit', env });
  return new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

function heading(text: string): void {
  console.log(`\n=== ${text} ===`);
}

function inWords({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function chosenStages(names: string[]): Stage[] {
  const unknown = names.filter((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown.length > 0)
    throw new Error(`No stage ${unknown.join(', ')}. There are: ${STAGES.map((stage) => stage.name).join(', ')}.`);
  return names.length > 0 ? STAGES.filter((stage) => names.includes(stage.name)) : STAGES;
}

const stages = chosenStages(process.argv.slice(2));
// An old report must not stand in for a run that wrote none.
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS);
const browser = stages.some((stage) => stage.needsBrowser) ? provideBrowser() : null;
const tallies: [string, Tally][] = [];
for (const stage of stages) tallies.push([stage.title, await runStage(stage, browser)]);

heading('Result');
for (const [title, tally] of tallies) console.log(`${tally.failed > 0 ? 'FAILED' : 'ok    '}  ${title}`);
const total: Tally = { ...NO_TESTS };
for (const [, tally] of tallies) for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += tally[key];
console.log(`\n${inWords(total)}`);
process.exitCode = total.failed > 0 ? 1 : 0;
