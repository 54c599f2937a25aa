import { closeDialog, layerNames, ON_CPU, openPage, openReadyPage, run, openForm } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

test('opens with a network stacked, ready to play, and plays', async ({ page }) => {
  await openPage(page);
  await expect(page.getByRole('main')).toBeVisible();
  expect(await layerNames(page)).toEqual([
    'conv2d_1 Conv2D',
    'maxPool2d_1 MaxPool2D',
    'conv2d_2 Conv2D',
    'maxPool2d_2 MaxPool2D',
    'conv2d_3 Conv2D',
    'maxPool2d_3 MaxPool2D',
    'flatten_1 Flatten',
    'dense_1 Dense',
  ]);
  // Presses play at once, before images and backend are ready: training starts by itself when they
  // are.
  await run(page).play.click();
  await expect(run(page).pause).toBeVisible();
  await expect.poll(() => run(page).steps()).toBeGreaterThan(0);
  await expect(page.getByRole('button', { name: /^Backend: WebGPU/ })).toBeVisible();
});

test('says which data it uses and where it comes from', async ({ page }) => {
  await openPage(page);
  const badge = page.getByRole('button', { name: /^Data: (MNIST|Generated digits)$/ });
  await badge.click();
  await expect(page.getByRole('dialog')).toContainText(/to train on, [\d,]+ to validate, [\d,]+ to test/);
});

test('carries a content security policy that keeps requests on the page', async ({ page, watch }) => {
  watch.provoked = /Content Security Policy/;
  await openPage(page);
  const refused = await page.evaluate(async () => {
    const violation = new Promise<string>((resolve) =>
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
        once: true,
      }),
    );
    await fetch('https://example.com/').catch(() => undefined);
    return violation;
  });
  expect(refused).toBe('connect-src');
});

test('binds its worker by the same policy', async ({ page, watch }) => {
  watch.provoked = /Content Security Policy/;
  await openPage(page);
  await expect.poll(() => page.workers().length).toBe(1);
  const refused = await page.workers()[0]!.evaluate(async () => {
    const violation = new Promise<string>((resolve) =>
      self.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective)),
    );
    const answer = fetch('https://example.com/').then(
      () => 'answered',
      // The event reports a violation of the policy, and may come a moment later.
      () => new Promise<string>(() => undefined),
    );
    return Promise.race([violation, answer]);
  });
  expect(refused).toBe('connect-src');
});

test('the space bar obeys the last of quick presses, and leaves what has the focus by keyboard its own', async ({
  page,
}) => {
  await openReadyPage(page, ON_CPU);
  await page.evaluate(() => window.playground.setModel('logistic-regression'));
  for (let press = 0; press < 3; press++) await page.keyboard.press('Space');
  await expect.poll(() => run(page).steps()).toBeGreaterThan(0);
  const before = await run(page).steps();
  await expect.poll(() => run(page).steps()).toBeGreaterThan(before);
  for (let press = 0; press < 3; press++) await page.keyboard.press('Space');
  await expect(run(page).play).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);

  await page.evaluate(() => window.playground.reset());
  await run(page).stepOnce.focus();
  for (const step of ['1', '2']) {
    await page.keyboard.press('Enter');
    await expect(run(page).step).toHaveText(step);
    await expect(run(page).stepOnce).toBeEnabled();
  }
  const form = await openForm(page, 'dense_1');
  await page.keyboard.press('Tab');
  const more = form.getByText('More', { exact: true });
  await more.focus();
  await page.keyboard.press('Space');
  await expect(form.getByRole('combobox', { name: 'Initializer' })).toBeVisible();
  await expect(run(page).step).toHaveText('2');
});

test('a dialog gives the focus back, and the space bar then plays where the pointer chose', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  const networks = page.getByRole('button', { name: /^Networks: / });
  const dialog = page.getByRole('dialog');
  await networks.focus();
  await page.keyboard.press('Enter');
  await closeDialog(page);
  await expect(networks).toBeFocused();

  const help = page.getByRole('button', { name: 'Help' });
  await help.press('Enter');
  await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).press('Enter');
  await closeDialog(page);
  await expect(help).toBeFocused();

  // Tab goes on to what the badge says, and what can be done about it.
  await page.getByRole('button', { name: /^Data: / }).press('Enter');
  await expect(dialog.locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await expect(dialog.locator('button:focus')).toHaveText(/MNIST|Generated digits/);
  await closeDialog(page);

  await networks.click();
  await dialog.getByRole('button', { name: 'Open Logistic regression' }).click();
  await expect(networks).toBeFocused();
  await page.keyboard.press('Space');
  await expect.poll(() => run(page).steps()).toBeGreaterThan(0);
  await page.keyboard.press('Space');
  await expect(run(page).play).toBeVisible();
});

test('says so where a dialog cannot be loaded, and goes on', async ({ page, watch }) => {
  watch.provoked = /Failed to load resource/;
  await page.route(/help-dialogs|preset-dialog/, (route) => route.abort());
  await openReadyPage(page, ON_CPU);
  const open = [
    async () => {
      await page.getByRole('button', { name: 'Help' }).click();
      await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click();
    },
    () => page.getByRole('button', { name: /^Networks: / }).click(),
  ];
  for (const dialog of [...open, ...open]) {
    await dialog();
    await expect(page.getByRole('alert')).toHaveText('This part of the page could not be loaded. Load the page again.');
    await page.getByRole('alert').getByRole('button', { name: 'Dismiss' }).click();
  }
  await expect(page.getByRole('heading', { name: 'CNN Playground' })).toBeVisible();
});
