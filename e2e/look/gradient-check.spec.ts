import type { Page } from '@playwright/test';
import { layer, openReadyPage, panel } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';
import { watchWorker } from '../parts/worker-watch.ts';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Gradient check' });

test('the gradients of the network on the page are checked at a click', async ({ page }) => {
  await openReadyPage(page);
  await panel(page, 'Charts').getByRole('button', { name: 'Check gradients' }).click();
  await expect(dialog(page).getByRole('progressbar')).toBeVisible();
  await expect(dialog(page)).toContainText(/All gradients of the 8 layers agree: the largest relative error is \d/, {
    timeout: 30_000,
  });
  const rows = dialog(page).getByRole('row');
  await expect(rows).toHaveCount(9);
  const first = rows.nth(1).getByRole('cell');
  await expect(first).toHaveCount(3);
  for (const cell of await first.all()) await expect(cell).toContainText(/✓.*\d compared/);
  // A pooling has no weights, so its cell is empty.
  await expect(rows.nth(2).getByRole('cell').nth(1)).toHaveText('');
  await expect(dialog(page).getByRole('link', { name: 'CS231n' })).toHaveAttribute('href', /cs231n/);

  await rows.filter({ hasText: 'conv2d_2' }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(layer(page, 'conv2d_2').locator('[aria-current]')).toBeVisible();
});

test('training goes on while gradients are checked, with batch normalization, dropout and a skip connection', async ({
  page,
}) => {
  await watchWorker(page);
  await openReadyPage(page);
  await page.evaluate(() =>
    window.playground.setModel({
      name: 'A residual block',
      input: [28, 28, 1],
      layers: [
        { kind: 'conv2d', filters: 4, strides: [2, 2], padding: 'same' },
        { kind: 'batchNormalization' },
        { kind: 'activation', activation: 'relu' },
        { kind: 'conv2d', filters: 4, padding: 'same' },
        { kind: 'add', from: 'activation_1' },
        { kind: 'flatten' },
        { kind: 'dropout', rate: 0.25 },
        { kind: 'dense', units: 10, activation: 'softmax' },
      ],
    }),
  );
  const { before, after, checks } = await page.evaluate(async () => {
    const { playground } = window;
    // Reads the step from the worker's messages, since the page shows it up to a second later.
    const step = () => window.workerWatch.steps.at(-1)!.step;
    await playground.train({ steps: 5 });
    const training = playground.train({});
    const before = step();
    const checks = await playground.checkGradients();
    const after = step();
    await playground.pause();
    await training;
    return { before, after, checks };
  });
  expect(after).toBeGreaterThan(before);
  expect(checks.map(({ layer, tensor }) => `${layer} ${tensor}`)).toContain('batchNormalization_1 gamma');
  for (const check of checks) expect(check.relativeError, `${check.layer} ${check.tensor}`).toBeLessThan(1e-3);
});

test('while the stack is not valid, the network still in training is the one that is checked', async ({ page }) => {
  await openReadyPage(page);
  await layer(page, 'flatten_1').getByRole('button', { name: 'Remove flatten_1' }).click({ force: true });
  await panel(page, 'Charts').getByRole('button', { name: 'Check gradients' }).click();
  await expect(dialog(page)).toContainText(/All gradients of the 8 layers agree/, { timeout: 30_000 });
});
