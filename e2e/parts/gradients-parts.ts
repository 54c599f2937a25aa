import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import { openReadyPage } from './page-parts.ts';
import { giveTinyData, TINY_NETWORK } from './tiny.ts';

/** The Gradients view. */
export const view = (page: Page): Locator => page.getByRole('region', { name: 'Gradients', exact: true });
/** A chart of the view by its title. */
export const figure = (page: Page, title: string | RegExp): Locator =>
  view(page)
    .getByRole('figure')
    .filter({ has: page.getByRole('heading', { name: title, exact: true }) });
export const heatMap = (page: Page): Locator => view(page).getByRole('application', { name: /^Heat map/ });

/** Opens the page with the tiny network and images for it. */
export async function openTiny(page: Page): Promise<void> {
  await openReadyPage(page);
  await giveTinyData(page);
  await page.evaluate((network) => window.playground.setModel(network), TINY_NETWORK);
}

/** Opens the view with a run of the tiny network that was looked at several times. */
export async function openTrained(page: Page, steps = 60): Promise<void> {
  await openTiny(page);
  await page.getByRole('tab', { name: 'Gradients' }).click();
  await page.evaluate((count) => window.playground.train({ steps: count }), steps);
  await expect(heatMap(page)).toHaveAccessibleName(new RegExp(steps === 1 ? 'over step 1\\.' : `steps 1 to ${steps}`));
}

/** Chooses an item of a chart's menu that saves a file. */
export async function downloadOf(
  page: Page,
  menu: () => Promise<void>,
  item: string,
): Promise<{ name: string; content: Buffer }> {
  await menu();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: item }).click(),
  ]);
  await expect(page.getByRole('menu')).toHaveCount(0);
  return { name: saved.suggestedFilename(), content: await readFile(await saved.path()) };
}
