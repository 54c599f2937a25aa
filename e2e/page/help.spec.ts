import { HelpWatch } from '../parts/help-watch.ts';
import {
  closeDialog,
  layer,
  ON_CPU,
  openReadyPage,
  panel,
  run,
  SMALL_CONVOLUTION,
  stack,
} from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';
import { atRest, frames } from '../parts/rest.ts';
import { watchWorker } from '../parts/worker-watch.ts';

test('every control explains itself on hover and on focus', async ({ page }) => {
  test.setTimeout(420_000);
  // A button that cannot be found is reported soon, not at the end of the test's time.
  page.setDefaultTimeout(20_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await watchWorker(page);
  await openReadyPage(page, ON_CPU);
  const watch = new HelpWatch(page);
  await watch.look('first visit');
  await page.getByRole('button', { name: 'Start the tour' }).click();
  await expect(page.getByRole('dialog', { name: 'Stack a network' })).toBeVisible();
  await watch.look('tour');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.evaluate(async (spec) => {
    await window.playground.setModel(spec);
    await window.playground.train({ steps: 60 });
  }, SMALL_CONVOLUTION);

  const inspector = panel(page, 'Inspector');
  for (const id of ['conv2d_1', 'maxPool2d_1', 'dense_1']) {
    await panel(page, 'Network')
      .getByRole('button', { name: `Inspect ${id}` })
      .click();
    for (const tab of await inspector.getByRole('tab').all()) {
      await tab.click();
      await page.mouse.move(0, 0);
      await expect(inspector.getByText(/^(Waiting|Asking|Loading)/)).toHaveCount(0);
      await watch.look(`inspector, ${id}, ${await tab.innerText()}`);
    }
  }

  const views = page.getByRole('tablist', { name: 'Views' }).getByRole('tab');
  for (const tab of await views.all()) {
    const name = await tab.innerText();
    await tab.click();
    await atRest(page);
    await watch.look(name);
    if (name === 'Train') {
      await page.getByRole('button', { name: 'Evaluate on test set' }).click();
      await expect(page.getByRole('button', { name: 'Open in Test view' })).toBeVisible({ timeout: 120_000 });
      await watch.look(name);
    }
    if (name === 'Step through') {
      for (let stage = 0; stage < 3; stage++) await page.getByRole('button', { name: 'Next stage' }).click();
      await watch.look(name);
    }
    if (name === 'Compare') {
      await page.getByRole('button', { name: 'Keep this run' }).click();
      await watch.look(name);
      await page.getByText('Two layers', { exact: true }).click();
      await watch.look(name);
    }
  }
  await views.first().click();

  for (const [what, button] of [
    ['gallery of networks', /^Networks: /],
    ['training settings', /^Training settings: /],
    ['gradient check', /check gradients/i],
    ['data', /^Data: /],
    ['file menu', /^File/],
    ['help menu', /^Help/],
    ['chart menu', /^Chart options: Loss/],
  ] as const) {
    await page.getByRole('button', { name: button }).first().click();
    // The code of a dialog may have to be loaded first.
    if (!what.endsWith('menu')) await expect(page.getByRole('dialog')).toBeVisible();
    if (what === 'gradient check')
      await expect(page.getByRole('dialog').getByRole('table')).toBeVisible({ timeout: 60_000 });
    await atRest(page);
    await watch.look(what);
    await page.keyboard.press('Escape');
    await atRest(page);
  }
  await page.getByRole('button', { name: /^File/ }).click();
  await page.getByRole('menuitem', { name: 'Share link…' }).click();
  await expect(page.getByRole('dialog').getByLabel('Link', { exact: true })).toHaveValue(/^http/);
  await watch.look('share');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Help' }).click();
  await page.getByRole('menuitem', { name: 'About, data and licence' }).click();
  await expect(page.getByRole('dialog').getByRole('heading', { level: 2 })).toBeVisible();
  await watch.look('about');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  await layer(page, 'flatten_1').hover();
  await layer(page, 'flatten_1').getByRole('button', { name: 'Remove flatten_1' }).click();
  await expect(stack(page).getByRole('group', { name: /^Repairs of/ })).toBeVisible();
  await watch.look('broken stack');
  await layer(page, 'conv2d_1').hover();
  await layer(page, 'conv2d_1').getByRole('button', { name: 'Switch off conv2d_1' }).click();
  await watch.look('layer that is off');

  expect(watch.silent).toEqual([]);
  console.log(`${watch.count} kinds of controls explain themselves`);
});

test('every control of a narrow page explains itself too', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await watchWorker(page);
  await page.setViewportSize({ width: 600, height: 900 });
  await openReadyPage(page, ON_CPU);
  await page.getByRole('button', { name: 'Skip' }).click();
  const watch = new HelpWatch(page);
  for (const name of ['Build', 'Network', 'Charts', 'Predict', 'More']) {
    await page.getByRole('tablist', { name: 'Parts of the page' }).getByRole('tab', { name }).click();
    await atRest(page);
    await watch.look(name);
  }
  expect(watch.silent).toEqual([]);
});

test('Esc does its work while a tooltip is open', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await page.getByRole('button', { name: 'Skip' }).click();
  const tooltip = page.getByRole('tooltip').filter({ hasText: 'Play (space)' });
  const announcement = page.locator('[aria-live="assertive"]');

  await run(page).play.hover();
  await expect(tooltip).toBeVisible();
  const before = await stack(page).innerText();
  await page.getByRole('button', { name: 'Move conv2d_1', exact: true }).focus();
  await page.keyboard.press('Space');
  await expect(announcement).toHaveText(/Picked up|is at position/);
  // The keys are listened to a moment after the layer was picked up, and nothing shows that they are.
  await frames(page, 6);
  await page.keyboard.press('ArrowDown');
  await expect(announcement).toHaveText(/is at position 2/);
  await expect(tooltip).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(announcement).toHaveText(/^Cancelled/);
  expect(await stack(page).innerText()).toBe(before);

  await panel(page, 'Network').getByRole('button', { name: 'Inspect conv2d_1' }).click();
  await expect(panel(page, 'Inspector')).toContainText('conv2d_1');
  const inspected = panel(page, 'Network').getByRole('button', { name: 'Inspect conv2d_1' });
  // With a menu open, Escape closes nothing else.
  await page.getByRole('button', { name: 'Help' }).click();
  // The menu hears the key only when it has the focus.
  await expect(page.getByRole('menu').locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(inspected).toHaveAttribute('aria-pressed', 'true');
  await run(page).play.hover();
  await expect(tooltip).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(inspected).toHaveAttribute('aria-pressed', 'false');
  // Escape first closes the tooltip that came with the focus, and only then deselects the layer.
  await page.mouse.move(0, 0);
  await inspected.press('Enter');
  await expect(inspected).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('tooltip').filter({ hasText: 'Closes the layer' })).toHaveCount(0);
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('tooltip').filter({ hasText: 'Closes the layer' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  await expect(inspected).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect(inspected).toHaveAttribute('aria-pressed', 'false');
});

test('a data table gives the focus back to the menu that it was opened from', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  const menu = page.getByRole('button', { name: 'Chart options: Loss' });
  await menu.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Show data table' }).press('Enter');
  await closeDialog(page);
  await expect(menu).toBeFocused();
});
