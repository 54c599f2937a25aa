import type { Locator, Page } from '@playwright/test';
import { closeDialog, layer, ON_CPU, openReadyPage, panel, placeAt, run } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

const offer = (page: Page): Locator => page.getByRole('region', { name: 'Tour of the page' });
const card = (page: Page, title?: string): Locator => page.getByRole('dialog', { name: title });

test('the first visit offers a tour that blocks nothing, and remembers that it was declined', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await expect(offer(page)).toContainText('7 stops, one minute');
  // Everything can be clicked as if the offer were not there.
  await page.getByRole('button', { name: 'Add Dropout' }).click();
  await expect(layer(page, 'dropout_1')).toBeVisible();
  await offer(page).getByRole('button', { name: 'Skip' }).click();
  await expect(offer(page)).toBeHidden();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Help' })).toBeVisible();
  await expect(offer(page)).toBeHidden();
});

test('the tour walks through the page, leaves it usable, and can be taken again', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await offer(page).getByRole('button', { name: 'Start the tour' }).click();
  await expect(card(page, 'Stack a network')).toBeFocused();
  await expect(card(page)).toContainText('1 of 7');
  await expect(card(page).getByRole('button', { name: 'Back' })).toBeDisabled();
  // It points at the layers to add, not at the stack below them.
  expect((await placeAt(card(page))).y).toBeLessThan((await placeAt(panel(page, 'Layer stack'), 'top')).y);
  const next = card(page).getByRole('button', { name: 'Next' });
  await next.press('Enter');
  await expect(card(page, 'Train it here')).toBeVisible();
  await expect(next).toBeFocused();
  await run(page).stepOnce.click();
  await expect.poll(() => run(page).steps()).toBe(1);
  await next.click();
  // If the user looks at something else meanwhile, the tour can still go on, and it does not take
  // the focus away.
  const gradients = page.getByRole('tab', { name: 'Gradients' });
  await gradients.click();
  await expect(panel(page, 'Network')).toBeHidden();
  await expect(card(page, 'See what every layer answers')).toBeVisible();
  await expect(gradients).toBeFocused();
  for (const title of ['Watch the gradients', 'Look inside a layer']) {
    await next.click();
    await expect(card(page, title)).toBeVisible();
  }
  await expect(panel(page, 'Inspector')).toContainText('conv2d_1');
  await card(page).getByRole('button', { name: 'Back' }).click();
  await expect(card(page, 'Watch the gradients')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card(page)).toBeHidden();
  // The end of the tour is remembered. Escape only ended the tour and left the layer selected.
  await expect(panel(page, 'Inspector')).toContainText('conv2d_1');
  await expect(page.getByRole('button', { name: 'Help' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Tour of the page' }).click();
  await expect(card(page, 'Stack a network')).toContainText('1 of 7');
  for (let stop = 1; stop < 7; stop++) await next.click();
  await card(page, 'Go deeper').getByRole('button', { name: 'Done' }).click();
  await expect(card(page)).toBeHidden();
});

test('where storage is blocked the tour is offered again, and nothing breaks', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('blocked', 'SecurityError');
      },
    });
  });
  await openReadyPage(page, ON_CPU);
  await offer(page).getByRole('button', { name: 'Skip' }).click();
  await expect(offer(page)).toBeHidden();
  // Without storage a reload would show the first screen again.
  await openReadyPage(page, ON_CPU);
  await expect(offer(page)).toBeVisible();
});

test('the help menu names the keys and says where the data comes from', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  const help = page.getByRole('button', { name: 'Help' });
  await help.click();
  await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click();
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Play or pause training');
  await closeDialog(page);
  await help.click();
  await page.getByRole('menuitem', { name: 'About, data and licence' }).click();
  await expect(page.getByRole('dialog', { name: 'About CNN Playground' })).toContainText('MIT licence');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the tour goes to the tab of each stop', async ({ page }) => {
    await openReadyPage(page, ON_CPU);
    await offer(page).getByRole('button', { name: 'Start the tour' }).tap();
    const chosen = page.getByRole('tablist', { name: 'Parts of the page' }).getByRole('tab', { selected: true });
    for (const tab of ['Build', 'Build', 'Network', 'Charts', 'Network', 'Predict', 'More']) {
      await expect(chosen).toHaveText(tab);
      await card(page)
        .getByRole('button', { name: /Next|Done/ })
        .tap();
    }
    await expect(card(page)).toBeHidden();
  });
});
