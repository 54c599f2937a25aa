import { choosePreset, openReadyPage, run } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

test('without a graphics adapter the page trains on the CPU, says so, and says how to get WebGPU', async ({ page }) => {
  await openReadyPage(page);
  await expect(page.getByRole('status').filter({ hasText: 'Training runs on the CPU, which is slower' })).toContainText(
    'WebGPU',
  );
  await page.getByRole('button', { name: /^Backend: CPU reference/ }).click();
  await expect(page.getByRole('dialog')).toContainText(/Training runs on the CPU, which is slower: .*WebGPU/);
  await expect(page.getByRole('dialog')).toContainText(/hardware acceleration/);
  await page.keyboard.press('Escape');

  await choosePreset(page, 'Logistic regression');
  await run(page).play.click();
  await expect.poll(() => run(page).steps(), { timeout: 60_000 }).toBeGreaterThan(100);
  await run(page).pause.click();
  await expect(run(page).play).toBeVisible();
  const { accuracy } = await page.evaluate(() => window.playground.evaluate('test'));
  expect(accuracy).toBeGreaterThan(0.6);
});

test('asked for WebGPU where there is none, the page says why', async ({ page }) => {
  await page.goto('./?backend=webgpu&view=train');
  await expect(page.getByRole('button', { name: /^Backend: Not started/ })).toBeVisible();
  await run(page).play.click();
  await expect(page.getByRole('alert')).toContainText('WebGPU');
  await expect(page.getByRole('alert')).toContainText('hardware acceleration');
});
