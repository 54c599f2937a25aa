import type { Locator } from '@playwright/test';
import { downloadOf, figure, heatMap, openTiny, openTrained, view } from '../parts/gradients-parts.ts';
import { openReadyPage, panel } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

const QUANTITIES = [
  ['Gradient norm', 'Gradient norm'],
  ['Update ratio', 'Update-to-weight ratio'],
  ['Weight norm', 'Weight norm'],
  ['Activation mean', 'Activation mean'],
  ['Activation std', 'Activation standard deviation'],
  ['Dead units', 'Dead units'],
  ['Saturated', 'Saturated outputs'],
] as const;

test('every quantity has its lines, its axis and its heat map', async ({ page }) => {
  await openTrained(page);
  for (const [label, title] of QUANTITIES) {
    await view(page).getByText(label, { exact: true }).first().click();
    await expect(view(page).getByRole('radio', { name: label, exact: true })).toBeChecked();
    const chart = figure(page, title);
    await expect(chart.locator('[data-line="layer0"] > path')).toHaveAttribute('d', /^M[\d.]+,[\d.]+/);
    await expect(chart.getByRole('button', { name: /^Select conv2d_1, / })).toContainText(/\d/);
    await expect(
      figure(page, /^Heat map: /)
        .locator('canvas')
        .first(),
    ).toBeVisible();
  }
  await view(page).getByText('Update ratio', { exact: true }).first().click();
  await expect(figure(page, 'Update-to-weight ratio').locator('[data-guide]')).toContainText('1e-3 (CS231n)');
  // The choice outlives the view.
  await page.getByRole('tab', { name: 'Train' }).click();
  await page.getByRole('tab', { name: 'Gradients' }).click();
  await expect(view(page).getByRole('radio', { name: 'Update ratio', exact: true })).toBeChecked();
  const menu = () =>
    view(page).getByRole('button', { name: 'Chart options: Update-to-weight ratio', exact: true }).click();
  const { content } = await downloadOf(page, menu, 'Download CSV');
  expect(content.toString('utf8')).toMatch(/^step,conv2d_1 \(‖ΔW‖\/‖W‖\),dense_1 \(‖ΔW‖\/‖W‖\)\r\n\d+,[\d.]/);
});

test('the heat map has every layer; a click on a cell selects its layer, and so do the keys', async ({ page }) => {
  await openTrained(page);
  const rows = view(page).getByRole('group', { name: /^Layers of the heat map/ });
  await expect(rows.getByRole('button')).toHaveText(['conv2d_1', 'maxPool2d_1', 'flatten_1', 'dense_1']);
  const box = (await heatMap(page).boundingBox())!;
  await page.mouse.move(box.x + 0.5 * box.width, box.y + 12);
  await expect(figure(page, /^Heat map/).getByRole('status')).toHaveText(
    /^conv2d_1, steps? .*: gradient norm [\d.e-]+$/,
  );
  await page.mouse.click(box.x + 0.5 * box.width, box.y + 3.5 * 24);
  await expect(panel(page, 'Inspector')).toContainText('dense_1');
  await expect(rows.getByRole('button', { name: 'Select dense_1' })).toHaveAttribute('aria-pressed', 'true');

  await heatMap(page).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await expect(figure(page, /^Heat map/).locator('[aria-live="polite"]')).toHaveText(
    /^flatten_1, steps? .*: gradient norm [\d.e-]+$/,
  );
  await page.keyboard.press('Enter');
  await expect(rows.getByRole('button', { name: 'Select flatten_1' })).toHaveAttribute('aria-pressed', 'true');
  // The space bar selects as well, and does not start the training.
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  await expect(rows.getByRole('button', { name: 'Select maxPool2d_1' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByTestId('step')).toHaveText('60');
});

test('histograms of weights and gradients follow the selected layer', async ({ page }) => {
  await openTrained(page);
  await page.evaluate(() => window.playground.train({ steps: 30 }));
  await expect(figure(page, 'Weights of conv2d_1')).toBeVisible();
  await view(page).getByRole('button', { name: 'Select dense_1', exact: true }).click();
  for (const title of ['Weights of dense_1', 'Weight gradients of dense_1']) {
    const ridges = figure(page, title);
    await expect(ridges.getByRole('application')).toHaveAccessibleName(/: [1-9]\d* histograms/);
    await expect(ridges.getByRole('status')).toHaveText(/^Step \d+: mean .* ± .*, from .* to /);
    const plot = ridges.getByRole('application');
    const { width, height } = (await plot.boundingBox())!;
    await plot.hover({ position: { x: 0.42 * width, y: height - 24 } });
    await expect(ridges.getByRole('status')).toHaveText(/^Step \d+: (\d+ of 108 values from .* to |no values around )/);
  }
  await view(page).getByText('Biases', { exact: true }).click();
  await expect(figure(page, 'Bias gradients of dense_1')).toBeVisible();
});

test('a layer has the same line beside the network and in this view', async ({ page }) => {
  const lines = (root: Locator) =>
    root
      .getByRole('button', { name: /^Select (conv2d|dense)_1, / })
      .evaluateAll((buttons) =>
        buttons.map((each) =>
          ['stroke', 'stroke-dasharray'].map((name) => each.querySelector('line')!.getAttribute(name)),
        ),
      );
  await openTiny(page);
  await page.evaluate(() => window.playground.train({ steps: 5 }));
  await expect(panel(page, 'Charts').getByRole('button', { name: /^Select dense_1, gradient \d/ })).toBeVisible();
  const beside = await lines(panel(page, 'Charts'));
  expect(beside).toHaveLength(2);
  await page.getByRole('tab', { name: 'Gradients' }).click();
  await expect(
    figure(page, 'Gradient norm').getByRole('button', { name: /^Select flatten_1, gradient norm \d/ }),
  ).toBeVisible();
  expect(await lines(figure(page, 'Gradient norm'))).toEqual(beside);
});

test('says which layer the gradient vanishes in, and goes there', async ({ page }) => {
  await openReadyPage(page);
  await page.evaluate(async () => {
    await window.playground.setDataset('generated');
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
  });
  await page.evaluate(() => window.playground.train({ steps: 30 }));
  // The note also shows while the user looks at another view.
  await page.getByRole('button', { name: /^Problem: Vanishing: dense_1 / }).click();
  const diagnosis = view(page).getByRole('region', { name: 'Diagnosis' });
  await expect(diagnosis).toContainText(/Vanishing: dense_1 gets a gradient [\d,.e]+× smaller than dense_1[23]/);
  await diagnosis.getByRole('button', { name: 'Show dense_1' }).click();
  await expect(panel(page, 'Inspector')).toContainText('dense_1');
  await expect(page.getByRole('button', { name: /^Problem: / })).toHaveCount(0);
});

test('switching the quantity while it trains draws no value on the axis of another', async ({ page }) => {
  await openTrained(page);
  // Any console error fails the test; an SVG path with NaN is one.
  const training = page.evaluate(() => window.playground.train({ steps: 400 }));
  for (const label of [
    'Activation mean',
    'Gradient norm',
    'Dead units',
    'Weight norm',
    'Activation mean',
    'Update ratio',
    'Saturated',
  ]) {
    await view(page).getByText(label, { exact: true }).first().click();
    await expect(view(page).getByRole('radio', { name: label, exact: true })).toBeChecked();
    for (const d of await view(page)
      .locator('[data-line] > path')
      .evaluateAll((paths) => paths.map((path) => path.getAttribute('d') ?? '')))
      expect(d).not.toContain('NaN');
  }
  await training;
});

test('the lines are read with the arrow keys', async ({ page }) => {
  await openTrained(page, 1);
  const chart = figure(page, 'Gradient norm');
  // The only step is a dot inside the plot.
  const dot = (await chart.locator('[data-line="layer0"] > circle').boundingBox())!;
  const plot = (await chart.getByRole('application').boundingBox())!;
  expect(dot.width).toBeGreaterThan(4);
  expect(dot.x).toBeGreaterThan(plot.x + 60);
  await page.evaluate(() => window.playground.train({ steps: 59 }));
  await expect(heatMap(page)).toHaveAccessibleName(/steps 1 to 60/);
  await chart.getByRole('application', { name: 'Gradient norm: arrow keys move over the steps' }).focus();
  // The first key press moves to the newest step drawn; the lines are drawn a moment after the heat
  // map.
  await expect(async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowLeft');
    await expect(chart.getByRole('status')).toHaveText(/^step 60conv2d_1/, { timeout: 1000 });
  }).toPass();
  await page.keyboard.press('ArrowLeft');
  await expect(chart.getByRole('status')).toHaveText(/^step 59conv2d_1/);
  await page.keyboard.press('Home');
  await expect(chart.getByRole('status')).toHaveText(/^step 1conv2d_1/);
  await expect(chart.locator('[data-cursor="1"]')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(chart.locator('[data-cursor]')).toHaveCount(0);
});

test.describe('with a finger on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the first tap shows the values, the second one selects, and the chart stays in sight', async ({ page }) => {
    await openTiny(page);
    await page.getByRole('tab', { name: 'More' }).click();
    await page.getByRole('combobox', { name: 'View' }).click();
    await page.getByRole('option', { name: 'Gradients' }).click();
    await page.evaluate(() => window.playground.train({ steps: 60 }));
    await expect(heatMap(page)).toHaveAccessibleName(/steps 1 to 60/);
    const row = (name: string) => view(page).getByRole('button', { name, exact: true });

    await heatMap(page).scrollIntoViewIfNeeded();
    const cells = (await heatMap(page).boundingBox())!;
    const tapCell = (x: number, layer: number) =>
      page.touchscreen.tap(cells.x + x * cells.width, cells.y + (layer + 0.5) * 24);
    await tapCell(0.5, 3);
    await expect(figure(page, /^Heat map/).getByRole('status')).toHaveText(/^dense_1, steps? .*: gradient norm /);
    await expect(row('Select dense_1')).toHaveAttribute('aria-pressed', 'false');
    await tapCell(0.7, 3);
    await expect(row('Select dense_1')).toHaveAttribute('aria-pressed', 'true');
    await expect(panel(page, 'Inspector')).toContainText('dense_1');
    await expect(heatMap(page)).toBeInViewport();

    const chart = figure(page, 'Gradient norm');
    await chart.getByRole('application').scrollIntoViewIfNeeded();
    const points = await chart.locator('[data-line="layer0"] > path').evaluate((path: SVGPathElement) => {
      const { x, y } = path.getPointAtLength(path.getTotalLength() / 2);
      const { left, top } = path.ownerSVGElement!.getBoundingClientRect();
      return { x: left + x, y: top + y };
    });
    await page.touchscreen.tap(points.x, points.y);
    await expect(chart.locator('[data-cursor]')).toBeVisible();
    await expect(row('Select dense_1')).toHaveAttribute('aria-pressed', 'true');
    await page.touchscreen.tap(points.x, points.y);
    await expect(row('Select dense_1')).toHaveAttribute('aria-pressed', 'false');
    await expect(chart.getByRole('application')).toBeInViewport();
  });
});
