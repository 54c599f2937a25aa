import {
  enter,
  formOf,
  layer,
  ON_CPU,
  openReadyPage,
  openSettings,
  run,
  settingsButton,
  openForm,
} from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';
import { frames } from '../parts/rest.ts';

test('numbers step with the arrow keys, ten times as far with Shift, and say what they are for', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  const filters = (await openForm(page, 'conv2d_1')).getByRole('textbox', { name: 'Filters' });
  await filters.focus();
  await expect(page.getByRole('tooltip')).toContainText('How many patterns the layer learns');
  await page.keyboard.press('ArrowUp');
  await expect(filters).toHaveValue('17');
  await page.keyboard.press('Shift+ArrowUp');
  await expect(filters).toHaveValue('27');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(filters).toHaveValue('16');

  // Each step is a share of the value, since the values span orders of magnitude.
  await openSettings(page);
  const rate = page.getByRole('textbox', { name: 'Learning rate', exact: true });
  await rate.focus();
  for (const [key, value] of [
    ['ArrowUp', '0.005'],
    ['ArrowDown', '0.002'],
    ['Shift+ArrowDown', '0.0002'],
    ['ArrowDown', '0.0001'],
    ['ArrowDown', '0.00005'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(rate).toHaveValue(value);
  }
});

test('a typed value counts once it is complete, exactly as written, and only if it changes something', async ({
  page,
}) => {
  await openReadyPage(page, ON_CPU);
  const settings = settingsButton(page);
  const weights = () => page.evaluate(async () => [...(await window.playground.getWeights()).dense_1!.weight!.data]);
  await page.evaluate(async () => {
    await window.playground.setModel('logistic-regression');
    await window.playground.train({ steps: 3 });
  });
  const trained = await weights();
  await openSettings(page);
  const batch = page.getByRole('textbox', { name: 'Batch size' });
  await batch.fill('12');
  await enter(batch, '128');
  await batch.fill('1');
  await batch.press('Escape');
  await expect(batch).toHaveValue('128');
  const rate = page.getByRole('textbox', { name: 'Learning rate', exact: true });
  await enter(rate, '-0.1');
  await expect(page.getByRole('dialog').getByRole('alert')).toHaveText('From 0 to 1,000,000. Still 0.003.');
  await expect(settings).toHaveAccessibleName('Training settings: Adam 3.0e-3, batch 128');
  for (const [text, value] of [
    ['3.0e-3', '0.003'],
    ['1e-4', '0.0001'],
    ['0,01', '0.01'],
    ['5e-4', '0.0005'],
  ] as const) {
    await enter(rate, text);
    await expect(rate).toHaveValue(value);
    await expect(page.getByRole('slider', { name: 'Learning rate slider' })).toHaveAttribute('aria-valuetext', value);
  }
  await expect(settings).toHaveAccessibleName('Training settings: Adam 5.0e-4, batch 128');
  await enter(page.getByRole('textbox', { name: 'Epsilon' }), '1e-7');
  await expect(run(page).step).toHaveText('3');
  expect(await weights()).toEqual(trained);
  // Closing the form takes the value in the field.
  await batch.fill('64');
  await page.getByRole('heading', { name: 'CNN Playground' }).click();
  await expect(settings).toHaveAccessibleName('Training settings: Adam 5.0e-4, batch 64');
  await expect(run(page).step).toHaveText('0');

  // Fewer filters for a moment, step by step and with a pause, and back again: that is not a
  // change.
  await page.evaluate(() => window.playground.train({ steps: 2 }));
  const units = (await openForm(page, 'dense_1')).getByRole('textbox', { name: 'Units' });
  await units.press('End');
  await units.press('Backspace');
  await expect(units).toHaveValue('1');
  // Much longer than the page waits before it takes an edit of the network.
  await frames(page, 60);
  await units.press('0');
  await units.blur();
  await expect(run(page).step).toHaveText('2');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 1024, height: 900 } });

  test('steppers are large enough', async ({ page }) => {
    await openReadyPage(page, ON_CPU);
    await layer(page, 'conv2d_1').getByRole('button', { name: 'conv2d_1', expanded: false }).tap();
    const form = formOf(page, 'conv2d_1');
    for (const stepper of await form.getByRole('button', { name: /^(Increase|Decrease) / }).all()) {
      const { width, height } = (await stepper.boundingBox())!;
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
    }
    await form.getByRole('button', { name: 'Increase Filters' }).tap();
    await expect(form.getByRole('textbox', { name: 'Filters' })).toHaveValue('17');
  });
});
