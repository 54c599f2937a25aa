/**
 * Pictures of every view, light and dark on a desktop and on a phone, for a look at the whole page
 * at once. Needs `npm run data` first.
 *   npx tsx scripts/screenshots.ts [--out DIR] [--dist DIR]
 * writes `<view>-<light|dark|phone>.jpg` into DIR (scripts/screenshots by default).
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { launchBrowser } from './measure/browser.ts';
import { servePage } from './measure/serve.ts';

const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: fileURLToPath(new URL('./screenshots', import.meta.url)) },
    dist: { type: 'string' },
  },
});

const DEVICES = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  { name: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
] as const;
/** The tabs of the desktop page, and those of a phone, which has the rest behind More. */
const VIEWS = ['Train', 'Gradients', 'Step through', 'Test', 'Compare', 'Guide'];
const PHONE_TABS = ['Build', 'Network', 'Charts', 'Predict'];
/** Long enough for live pictures to arrive on a software adapter. */
const SETTLE_MS = 6000;
const STEPS = 40;

async function shoot(page: Page, view: string, device: string): Promise<void> {
  // Moves the pointer away, since the tooltip of the clicked control should not show.
  await page.mouse.move(0, 0);
  await page.waitForTimeout(SETTLE_MS);
  const name = view.toLowerCase().replaceAll(' ', '-');
  await page.screenshot({ path: join(options.out, `${name}-${device}.jpg`), type: 'jpeg', quality: 72 });
}

/** Opens a network, trains it and selects a layer, so that no view is empty. */
async function prepare(page: Page, url: string): Promise<void> {
  await page.goto(`${url}?view=train`);
  await page.evaluate(async (steps) => {
    await window.playground.ready;
    await window.playground.setDataset('mnist');
    await window.playground.reset();
    await window.playground.train({ steps });
  }, STEPS);
}

await mkdir(options.out, { recursive: true });
const served = await servePage(options.dist);
const browser = await launchBrowser();
try {
  for (const { name, ...settings } of DEVICES) {
    const context = await browser.newContext({ ...settings, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await prepare(page, served.url);
    const tab = (label: string) => page.getByRole('tab', { name: label, exact: true });
    if (name === 'phone') {
      for (const label of PHONE_TABS) {
        await tab(label).click();
        await shoot(page, label, name);
      }
      await tab('More').click();
    } else {
      await page.getByRole('button', { name: 'Inspect conv2d_2' }).click();
    }
    for (const view of name === 'phone' ? VIEWS.slice(1) : VIEWS) {
      if (name !== 'phone') await tab(view).click();
      else {
        await page.getByRole('combobox', { name: 'View' }).click();
        await page.getByRole('option', { name: view, exact: true }).click();
      }
      // A software adapter takes a while to evaluate ten thousand images.
      if (view === 'Test') await page.getByRole('region', { name: 'Confusion matrix' }).waitFor({ timeout: 120_000 });
      await shoot(page, view, name);
    }
    await context.close();
    console.log(`${name}: done`);
  }
} finally {
  await browser.close();
  await served.close();
}
