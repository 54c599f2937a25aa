import { choosePreset, layer, openReadyPage, panel, run, stack } from './page-parts.ts';
import { expect, test } from './page-test.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

test('on a phone every part is one tab away, and nothing is cut off at the side', async ({ page }) => {
  await openReadyPage(page);
  const tab = (name: string) => page.getByRole('tab', { name });
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
  await expect(tab('Build')).toHaveAttribute('aria-selected', 'true');
  await expect(stack(page)).toBeVisible();
  expect(await fits()).toBe(true);
  await choosePreset(page, 'Logistic regression');
  await expect(layer(page, 'dense_1')).toContainText('10');

  await tab('Network').tap();
  await panel(page, 'Network').getByRole('button', { name: 'Inspect dense_1' }).tap();
  await expect(panel(page, 'Inspector')).toContainText('784 → 10');
  expect(await fits()).toBe(true);

  await run(page).play.tap();
  await expect.poll(() => run(page).steps()).toBeGreaterThan(30);
  await run(page).pause.tap();
  await tab('Charts').tap();
  await expect(panel(page, 'Charts').locator('[data-line="train"] > path').first()).toHaveAttribute('d', /^M.*L/);
  expect(await fits()).toBe(true);

  await tab('Predict').tap();
  await expect(page.getByRole('img', { name: 'Draw pad' })).toBeVisible();
  await expect(panel(page, 'Prediction')).toContainText(/\d+\.\d %\s*(right|wrong, it is a \d)/);
  expect(await fits()).toBe(true);
});
