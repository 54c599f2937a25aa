import type { Page } from '@playwright/test';
import { choosePreset, enter, layer, ON_CPU, openReadyPage, panel, run, stack } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

test('on a phone every part is one tab away, and nothing is cut off at the side', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
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
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('cnn-playground:page')))
    .toContain('"part":"predict"');
  await page.reload();
  await expect(tab('Predict')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('img', { name: 'Draw pad' })).toBeVisible();
});

test('a problem that the header tells of comes into sight, wherever the page was scrolled to', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await page.evaluate(async () => {
    const hidden = Array.from({ length: 12 }, () => ({
      kind: 'dense' as const,
      units: 16,
      activation: 'sigmoid' as const,
    }));
    const layers = [
      { kind: 'flatten' as const },
      ...hidden,
      { kind: 'dense' as const, units: 10, activation: 'softmax' as const },
    ];
    await window.playground.setModel({ version: 1, name: 'Twelve sigmoids', input: [28, 28, 1], layers });
    await window.playground.train({ steps: 20 });
  });
  await page.getByRole('tab', { name: 'More' }).tap();
  await page.getByRole('combobox', { name: 'View' }).tap();
  await page.getByRole('option', { name: 'Guide' }).tap();
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
  await page.evaluate(() => window.scrollTo({ top: document.documentElement.scrollHeight }));
  await page.getByRole('button', { name: /^Problem: Vanishing: dense_1 / }).tap();
  await expect(page.getByRole('region', { name: 'Diagnosis' })).toBeInViewport({ ratio: 1 });
});

test('training settings that messages make longer than the screen scroll', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 720 });
  await openReadyPage(page, ON_CPU);
  await page.getByRole('button', { name: /^Training settings: / }).tap();
  const form = page.getByRole('dialog');
  await enter(form.getByRole('textbox', { name: 'Batch size' }), '0');
  await enter(form.getByRole('textbox', { name: /^L2/ }), 'x');
  await expect(form.getByRole('alert')).toHaveCount(2);
  await expect.poll(() => form.evaluate((frame) => frame.getBoundingClientRect().bottom <= innerHeight)).toBe(true);
  const end = form.getByText('Any other setting begins a new run');
  await end.scrollIntoViewIfNeeded();
  await expect(end).toBeInViewport({ ratio: 1 });
});

/**
 * Names of elements that reach beyond the side of the screen. Elements in a frame that scrolls by
 * itself, such as a wide table, may do so.
 */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isFrame = (element: Element) => {
      const { overflowX } = getComputedStyle(element);
      const isPart = element.matches('[role="tabpanel"], [data-panel] > *, main');
      return !isPart && overflowX !== 'visible' && element.getBoundingClientRect().right <= innerWidth + 1;
    };
    const sticksOut = (element: Element) => {
      const { right, left, width } = element.getBoundingClientRect();
      if (width === 0 || (right <= innerWidth + 1 && left >= -1)) return false;
      for (let frame = element.parentElement; frame; frame = frame.parentElement) if (isFrame(frame)) return false;
      return !element.closest('.visually-hidden, [aria-hidden="true"]');
    };
    const all = [...document.querySelectorAll('[data-panel] *, header *')];
    return all
      .filter(sticksOut)
      .map((element) => `${element.tagName} ${element.className.toString()} ${element.textContent?.slice(0, 40)}`);
  });
}

for (const width of [390, 320]) {
  test(`at ${width} px every part and every view keeps within the screen`, async ({ page }) => {
    await page.setViewportSize({ width, height: 720 });
    await openReadyPage(page, ON_CPU);
    await page.evaluate(() => window.playground.train({ steps: 2 }));
    // The message that says where the data is from lies over the page until it is dismissed.
    const message = page.getByRole('status').filter({ hasText: 'Training on generated digits' });
    await message.getByRole('button', { name: 'Dismiss' }).tap();
    const tab = (name: string) => page.getByRole('tab', { name, exact: true });
    for (const name of ['Build', 'Network', 'Charts', 'Predict']) {
      await tab(name).tap();
      await expect.poll(() => cutOff(page), name).toEqual([]);
    }
    await tab('More').tap();
    const choice = page.getByRole('combobox', { name: 'View' });
    await choice.tap();
    const views = await page.getByRole('option').allInnerTexts();
    expect(views.length).toBeGreaterThan(3);
    await page.keyboard.press('Escape');
    for (const view of views) {
      await choice.tap();
      await page.getByRole('option', { name: view }).tap();
      await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0);
      await expect.poll(() => cutOff(page), view).toEqual([]);
    }
  });
}
