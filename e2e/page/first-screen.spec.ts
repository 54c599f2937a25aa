import { ON_CPU, panel, run, stack } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

test('a stranger draws, sees an answer, watches the network learn, and goes in', async ({ page }) => {
  await page.goto(`./${ON_CPU}`);
  await expect(page.getByRole('heading', { level: 2, name: /^See a neural network learn/ })).toBeVisible();
  // Nothing that needs an explanation, and no dialog.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await page.getByRole('main').getByRole('button').count()).toBeLessThan(15);

  const pad = (await page.getByRole('img', { name: 'Draw pad' }).boundingBox())!;
  await page.mouse.move(pad.x + pad.width / 2, pad.y + 50);
  await page.mouse.down();
  await page.mouse.move(pad.x + pad.width / 2, pad.y + pad.height - 50, { steps: 10 });
  await page.mouse.up();
  await expect(page.getByTestId('big-answer')).toHaveText('1', { timeout: 30_000 });
  await expect(page.getByText('Your drawing')).toBeVisible();

  await page.getByRole('button', { name: 'Watch it learn' }).click();
  const curves = page.getByRole('main').getByRole('img', { name: /^Loss over training steps\. Training/ });
  await expect(curves).toBeVisible({ timeout: 60_000 });
  // It begins at chance, the logarithm of ten, whatever it knew before.
  const first = await page.evaluate(() => window.playground.getWeights());
  expect(Object.keys(first)).toContain('conv2d_1');
  await expect(page.getByText(/^It began with random weights and has seen [\d.,]+k? images\.$/)).toBeVisible();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Go on' })).toBeVisible();

  await page.getByRole('button', { name: 'Build your own' }).click();
  await expect(stack(page)).toBeVisible();
  expect(await run(page).steps()).toBeGreaterThan(0);
  // Who has been inside finds the page as it was left.
  await expect.poll(() => page.evaluate(() => localStorage.getItem('cnn-playground:page'))).not.toBeNull();
  await page.reload();
  await expect(stack(page)).toBeVisible();
});

test('who only looked sees the first screen again, and "Look inside" opens a layer', async ({ page }) => {
  await page.goto(`./${ON_CPU}`);
  const claim = page.getByRole('heading', { level: 2, name: /^See a neural network learn/ });
  await expect(claim).toBeVisible();
  await page.reload();
  await expect(claim).toBeVisible();
  await page.getByRole('button', { name: 'Look inside' }).click();
  await expect(panel(page, 'Inspector')).toContainText('conv2d_1', { timeout: 60_000 });
});

test('an address can lead past the first screen to a view', async ({ page }) => {
  await page.goto(`./${ON_CPU}&view=guide`);
  await expect(page.getByRole('tab', { name: 'Guide' })).toHaveAttribute('aria-selected', 'true');
  expect(page.url()).not.toContain('view=');
});
