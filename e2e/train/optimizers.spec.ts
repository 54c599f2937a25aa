import { enter, openSettings, settingsButton } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';
import { openTiny } from '../parts/tiny.ts';

test('every optimizer of the form learns, with L2 and clipping, and has fields of its own', async ({ page }) => {
  await openTiny(page);
  const button = settingsButton(page);
  const box = (name: string | RegExp) => page.getByRole('textbox', { name });
  const choice = page.getByRole('combobox', { name: 'Optimizer' });
  await openSettings(page);
  await enter(box('Batch size'), '12');
  await enter(box(/^L2/), '0.001');
  await enter(box(/^Clip norm/), '1');

  const own = {
    SGD: [],
    Nesterov: ['Momentum'],
    RMSprop: ['Rho'],
    Adagrad: ['Initial accumulator'],
    AdamW: ['Weight decay', 'Beta 2'],
  };
  for (const [label, fields] of Object.entries(own)) {
    await choice.selectOption({ label });
    for (const field of fields) await expect(box(field)).toBeVisible();
    await enter(box('Learning rate'), '0.02');
    await expect(button).toHaveAccessibleName(`Training settings: ${label} 0.020, batch 12`);
    const { loss } = await page.evaluate(() => window.playground.train({ steps: 100 }));
    expect(loss.at(-1)!).toBeLessThan(0.5 * loss[0]!);
  }
  await expect(box('Momentum')).toHaveCount(0);
  await expect(box(/^L2/)).toHaveValue('0.001');
});
