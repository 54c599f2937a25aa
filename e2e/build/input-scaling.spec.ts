import { closeDialog, ON_CPU, openSmall, panel, weightsLine } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

test('the input is scaled in the data dialog, shown in the first row of the network, and undone', async ({ page }) => {
  await openSmall(page, ON_CPU);
  const pixels = new Array<number>(784).fill(0.5);
  const predict = () =>
    page.evaluate(async (image) => [...(await window.playground.predict(Float32Array.from(image)))], pixels);
  await page.evaluate(() => window.playground.train({ steps: 3 }));
  const before = await predict();
  const picture = panel(page, 'Network').locator('[data-input]');
  await expect(picture).toContainText('28×28×1, 0..1');

  await page.getByRole('button', { name: /^Data: / }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('0..255', { exact: true }).click();
  await expect(dialog).toContainText('Bytes as they are');
  await expect(picture).toContainText('28×28×1, 0..255');
  await expect(panel(page, 'Layer stack')).toContainText('28×28×1, 0..255');
  await expect(weightsLine(page)).toHaveText('All layers kept their weights');
  expect(await predict()).not.toEqual(before);

  await dialog.getByText('Mean, std', { exact: true }).click();
  await dialog.getByRole('button', { name: 'From the data' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Mean' })).toHaveValue(/^0\.1\d+$/);
  await expect(picture).toContainText(/mean 0\.1\d+, std 0\.[23]\d+/);
  await closeDialog(page);

  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  await undo.click();
  await undo.click();
  await expect(picture).toContainText('28×28×1, 0..255');
  await undo.click();
  await expect(picture).toContainText('28×28×1, 0..1');
  await expect.poll(predict).toEqual(before);
});
