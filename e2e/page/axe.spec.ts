import { AxeBuilder } from '@axe-core/playwright';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { ON_CPU, openForm, openReadyPage, openSettings, panel, run, SMALL_CONVOLUTION } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';
import { atRest } from '../parts/rest.ts';
import { watchWorker } from '../parts/worker-watch.ts';

/**
 * WCAG 2.2 AA with all the levels it includes, and axe's own best practices (headings in order,
 * landmarks).
 */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** One scan of the page. */
interface Scan {
  where: string;
  violations: { id: string; help: string; nodes: string[] }[];
  passes: number;
  /** What axe cannot decide by itself, such as the contrast of text over a picture. */
  incomplete: { id: string; nodes: number }[];
}

const scans: Scan[] = [];
const REPORT = fileURLToPath(new URL('../../test-results/axe.json', import.meta.url));

const DESKTOP = { name: 'desktop', viewport: { width: 1440, height: 900 } };
const PHONE = { name: 'phone', viewport: { width: 390, height: 844 } };
const SCREENS = [DESKTOP, PHONE].flatMap((screen) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ ...screen, colorScheme })),
);

for (const { name, viewport, colorScheme } of SCREENS) {
  test(`no view breaks WCAG 2.2 AA: ${name}, ${colorScheme}`, async ({ page }) => {
    test.setTimeout(540_000);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(viewport);
    await watchWorker(page);
    const look = scannerOf(page, `${name}, ${colorScheme}`);
    await page.goto(`./${ON_CPU}`);
    await expect(page.getByTestId('big-answer')).toBeVisible();
    await look('first screen');
    await openReadyPage(page, ON_CPU);
    await look('first visit');
    await page.getByRole('button', { name: 'Start the tour' }).click();
    await look('tour');
    await pressEscape(page);
    await openForm(page, 'conv2d_1');
    await look('parameters of a layer');
    await pressEscape(page);
    await trainSmallNetwork(page);
    if (name === 'phone') await visitPhoneTabs(page, look);
    else await visitViews(page, look);
    await openDialogs(page, look);
    await openHelp(page, look);
    await run(page).play.click();
    await expect.poll(() => run(page).steps()).toBeGreaterThan(4);
    await withoutTooltip(page);
    await look('while it trains');
    await run(page).pause.click();
  });
}

/**
 * Writes the scans into the report, replacing earlier ones of the same views: a failed test starts
 * a new process.
 */
test.afterEach(() => {
  mkdirSync(dirname(REPORT), { recursive: true });
  const earlier = existsSync(REPORT) ? (JSON.parse(readFileSync(REPORT, 'utf8')) as Scan[]) : [];
  const kept = earlier.filter(({ where }) => !scans.some((scan) => scan.where === where));
  writeFileSync(REPORT, JSON.stringify([...kept, ...scans], null, 2));
});

type Result = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'][number];
type Look = (what: string) => Promise<void>;

/**
 * Scans the page, adds a line to the report and fails softly, so one view does not hide the others.
 */
function scannerOf(page: Page, screen: string): Look {
  return async (what) => {
    // Runs in one piece: there are no frames, and the report does not need every element that
    // passed.
    const builder = new AxeBuilder({ page })
      .options({ runOnly: TAGS, resultTypes: ['violations', 'incomplete'] })
      .setLegacyMode();
    const { violations: found, passes, incomplete } = await builder.analyze();
    const violations = withoutTooltipsOutside(found);
    const scan: Scan = {
      where: `${screen}: ${what}`,
      violations: violations.map(({ id, help, nodes }) => ({
        id,
        help,
        nodes: nodes.map((node) => `${node.target.join(' ')} | ${node.failureSummary}`),
      })),
      passes: passes.length,
      incomplete: incomplete.map(({ id, nodes }) => ({ id, nodes: nodes.length })),
    };
    scans.push(scan);
    const open = scan.incomplete.map(({ id, nodes }) => `${id} ${nodes}`).join(', ') || 'none';
    console.log(
      `${scan.where}: ${violations.length} violations, ${passes.length} rules passed, for a person to judge: ${open}`,
    );
    for (const { id, nodes } of scan.violations) console.log(`  ${id}: ${nodes.join(' ; ')}`);
    expect.soft(scan.violations, scan.where).toEqual([]);
  };
}

/**
 * Leaves out one finding: that a tooltip is drawn outside all landmarks. It belongs to the control
 * that it describes; every other rule still applies to it. The finding is recognised by the markup
 * that axe reports, since the tooltip may be gone by now.
 */
function withoutTooltipsOutside(violations: Result[]): Result[] {
  return violations
    .map((violation) => ({
      ...violation,
      nodes: violation.nodes.filter(({ html }) => !(violation.id === 'region' && html.includes('role="tooltip"'))),
    }))
    .filter(({ nodes }) => nodes.length > 0);
}

/** Trains a small network with a convolution and a pooling for a moment, and selects a layer. */
async function trainSmallNetwork(page: Page): Promise<void> {
  await page.evaluate(async (spec) => {
    await window.playground.setModel(spec);
    await window.playground.train({ steps: 4 });
  }, SMALL_CONVOLUTION);
}

async function visitViews(page: Page, look: Look): Promise<void> {
  await panel(page, 'Network').getByRole('button', { name: 'Inspect conv2d_1' }).click();
  await expect(panel(page, 'Inspector').getByRole('region', { name: 'Filters' })).toBeVisible();
  const tabs = page.getByRole('tablist', { name: 'Views' }).getByRole('tab');
  for (const tab of await tabs.all()) {
    await tab.click();
    await settle(page);
    await look(`view ${await tab.innerText()}`);
  }
  await tabs.first().click();
}

async function visitPhoneTabs(page: Page, look: Look): Promise<void> {
  const tab = (name: string) => page.getByRole('tablist', { name: 'Parts of the page' }).getByRole('tab', { name });
  await tab('Network').click();
  await panel(page, 'Network').getByRole('button', { name: 'Inspect conv2d_1' }).click();
  await expect(panel(page, 'Inspector').getByRole('region', { name: 'Filters' })).toBeVisible();
  for (const name of ['Build', 'Network', 'Charts', 'Predict']) {
    await tab(name).click();
    await settle(page);
    await look(`tab ${name}`);
  }
  await tab('More').click();
  const choice = page.getByRole('combobox', { name: 'View' });
  await choice.click();
  const labels = await page.getByRole('option').allInnerTexts();
  await page.keyboard.press('Escape');
  for (const label of labels) {
    await choice.click();
    await page.getByRole('option', { name: label }).click();
    await settle(page);
    await look(`view ${label}`);
  }
  await tab('Charts').click();
}

async function openDialogs(page: Page, look: Look): Promise<void> {
  await page.getByRole('button', { name: /^Networks: / }).click();
  await expect(
    page.getByRole('dialog', { name: 'Networks to start from' }).getByRole('listitem').first(),
  ).toBeVisible();
  await look('gallery of networks');
  await pressEscape(page);
  await openSettings(page);
  await expect(page.getByRole('dialog').getByLabel('Optimizer')).toBeVisible();
  await look('training settings');
  await pressEscape(page);
  await page
    .getByRole('button', { name: /check gradients/i })
    .first()
    .click();
  await expect(page.getByRole('dialog').getByRole('table')).toBeVisible({ timeout: 60_000 });
  await look('gradient check');
  await pressEscape(page);
}

/** Opens the dialogs behind the question mark. */
async function openHelp(page: Page, look: Look): Promise<void> {
  for (const topic of ['Keyboard shortcuts', 'About, data and licence']) {
    await page.getByRole('button', { name: 'Help' }).click();
    await page.getByRole('menuitem', { name: topic }).click();
    await expect(page.getByRole('dialog').getByRole('heading', { level: 2 })).toBeVisible();
    await look(topic);
    await pressEscape(page);
  }
}

/**
 * Closes what is open with Escape. `closeDialog` would wait for the focus, which the tour and the
 * settings do not take.
 */
async function pressEscape(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** Waits for lazily loaded code, the worker's first answers and opening transitions. */
async function settle(page: Page): Promise<void> {
  await withoutTooltip(page);
  await atRest(page);
}

/** The tooltip of what was just clicked is not part of the view. */
async function withoutTooltip(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  await expect(page.getByRole('tooltip')).toHaveCount(0);
}
