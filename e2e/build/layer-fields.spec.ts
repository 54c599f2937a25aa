import type { Page } from '@playwright/test';
import { enter, layer, ON_CPU, openReadyPage, openForm } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

test('a skip connection takes a layer that fits, follows it, and says when it is gone', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await stackBlock(page);
  const from = (await openForm(page, 'add_1')).getByRole('combobox', { name: 'From' });
  await expect(from).toHaveValue('conv2d_1');
  expect(await from.getByRole('option').allInnerTexts()).toEqual([
    'conv2d_1 · 28×28×4',
    'conv2d_2 · 28×28×4 · doubles its input',
  ]);

  await layer(page, 'conv2d_1').hover();
  await layer(page, 'conv2d_1').getByRole('button', { name: 'Duplicate conv2d_1' }).click();
  await expect(layer(page, 'add_1')).toContainText('from conv2d_1');
  await openForm(page, 'add_1');
  expect(await from.getByRole('option').count()).toBe(3);
  await from.selectOption('conv2d_2');
  await expect(layer(page, 'add_1')).toContainText('from conv2d_2');

  await layer(page, 'conv2d_2').hover();
  await layer(page, 'conv2d_2').getByRole('button', { name: 'Remove conv2d_2' }).click();
  // Another layer is called conv2d_2 now: it does not take the place of the one that was chosen.
  await expect(layer(page, 'add_1').getByRole('alert')).toContainText('The layer it added was removed.');
  await openForm(page, 'add_1');
  await expect(from).toHaveValue('conv2d_2 (removed)');
  await from.selectOption('conv2d_1');
  await expect(layer(page, 'add_1').getByRole('alert')).toBeHidden();
});

test('shapes and margins are typed, and checked when they are complete', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await stackBlock(page);
  const padding = await openForm(page, 'zeroPadding2d_1');
  await enter(padding.getByRole('textbox', { name: 'Padding, left' }), '3');
  await expect(padding).toContainText('28×28×4 → 30×32×4');

  const reshape = await openForm(page, 'reshape_1');
  const target = reshape.getByRole('textbox', { name: 'Target shape' });
  await target.fill('30 x');
  await expect(reshape).not.toContainText('One to three whole numbers');
  await enter(target, '30, 32, a');
  await expect(reshape).toContainText('One to three whole numbers, such as 7×7×32. Still 30×30×4.');
  await target.fill('30 x 16 x 8');
  await target.blur();
  await expect(target).toHaveValue('30×16×8');
  await expect(reshape).toContainText('3,840 → 30×16×8');
  await enter(target, '30×16×9');
  await expect(layer(page, 'reshape_1').getByRole('alert')).toBeVisible();
});

test('what is seldom changed is behind "More"', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await stackBlock(page);
  const form = await openForm(page, 'batchNormalization_1');
  const epsilon = form.getByRole('textbox', { name: 'Epsilon' });
  await expect(epsilon).toBeHidden();
  await form.getByText('More', { exact: true }).click();
  await expect(epsilon).toBeVisible();
});

/**
 * conv2d_1, conv2d_2, add_1 (of conv2d_1), zeroPadding2d_1, flatten_1, reshape_1,
 * batchNormalization_1, flatten_2, dense_1
 */
async function stackBlock(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const conv = { kind: 'conv2d', filters: 4, padding: 'same' } as const;
    await window.playground.setModel({
      name: 'A block',
      input: [28, 28, 1],
      layers: [
        conv,
        conv,
        { kind: 'add', from: 'conv2d_1' },
        {
          kind: 'zeroPadding2d',
          padding: [
            [1, 1],
            [1, 1],
          ],
        },
        { kind: 'flatten' },
        { kind: 'reshape', targetShape: [30, 30, 4] },
        { kind: 'batchNormalization' },
        { kind: 'flatten' },
        { kind: 'dense', units: 10, activation: 'softmax' },
      ],
    });
  });
}
