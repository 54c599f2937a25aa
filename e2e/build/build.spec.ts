import type { Page } from '@playwright/test';
import {
  drag,
  enter,
  formOf,
  layer,
  layerNames,
  ON_CPU,
  openPage,
  openReadyPage,
  panel,
  placeAt,
  run,
  openForm,
} from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

test('a layer dragged from the palette lands where it is dropped, and shapes follow', async ({ page }) => {
  // High enough for the whole stack: a lower page scrolls while a layer is carried near its edge,
  // and places move.
  await page.setViewportSize({ width: 1440, height: 1200 });
  await openReadyPage(page, ON_CPU);
  await drag(page, page.getByRole('button', { name: 'Add Conv2D' }), await placeAt(layer(page, 'flatten_1'), 'top'));
  await expect.poll(() => layerNames(page)).toHaveLength(9);
  expect((await layerNames(page)).slice(5)).toEqual([
    'maxPool2d_3 MaxPool2D',
    'conv2d_4 Conv2D',
    'flatten_1 Flatten',
    'dense_1 Dense',
  ]);
  await expect(layer(page, 'conv2d_4')).toContainText('1×1×8');
  await expect(layer(page, 'flatten_1').getByText('8', { exact: true })).toBeVisible();
  // 160 + 4,640 + 9,248 as before, 3 x 3 x 32 x 8 + 8 of the new layer, 8 x 10 + 10 of the last
  // one.
  await expect(page.getByTestId('totals')).toContainText(/16\.[45]k parameters/);
});

test('layers are reordered with the mouse', async ({ page }) => {
  await openPage(page);
  await drag(page, handle(page, 'maxPool2d_1'), await placeAt(layer(page, 'conv2d_1')));
  await expect
    .poll(async () => (await layerNames(page)).slice(0, 2))
    .toEqual(['maxPool2d_1 MaxPool2D', 'conv2d_1 Conv2D']);
  await expect(layer(page, 'maxPool2d_1')).toContainText('14×14×1');
  await expect(layer(page, 'conv2d_1')).toContainText('14×14×16');
});

test('layers are reordered and added with the keyboard, and every move is announced', async ({ page }) => {
  await openPage(page);
  const announcement = page.locator('[aria-live="assertive"]');
  await handle(page, 'maxPool2d_1').focus();
  await page.keyboard.press('Space');
  await expect(announcement).toHaveText(/is at position 2 of 8|Picked up MaxPool2D maxPool2d_1/);
  await page.keyboard.press('ArrowDown');
  await expect(announcement).toHaveText('MaxPool2D maxPool2d_1 is at position 3 of 8.');
  await page.keyboard.press('Space');
  await expect(announcement).toHaveText('Dropped MaxPool2D maxPool2d_1 at position 3 of 8.');
  expect((await layerNames(page)).slice(0, 3)).toEqual(['conv2d_1 Conv2D', 'conv2d_2 Conv2D', 'maxPool2d_1 MaxPool2D']);

  await page.getByRole('button', { name: 'Add MaxPool2D' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => layerNames(page)).toHaveLength(9);
  await page.keyboard.press('Control+z');
  await expect.poll(() => layerNames(page)).toHaveLength(8);
  await page.keyboard.press('Control+z');
  await expect
    .poll(async () => (await layerNames(page)).slice(0, 2))
    .toEqual(['conv2d_1 Conv2D', 'maxPool2d_1 MaxPool2D']);
});

test('shapes, parameter counts and the network in training follow an edited parameter', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  const form = await openForm(page, 'conv2d_1');
  await enter(form.getByRole('textbox', { name: 'Filters' }), '4');
  await expect(form).toContainText('28×28×1 → 28×28×4');
  await expect(form).toContainText('Parameters40');
  // 40 + 3 x 3 x 4 x 32 + 32, and 9,248 and 2,890 as before.
  await expect(page.getByTestId('totals')).toContainText('13.4k parameters');
  await form.getByRole('radiogroup', { name: 'Padding' }).getByText('valid').click();
  await expect(form).toContainText('28×28×1 → 26×26×4');
  await expect(layer(page, 'maxPool2d_1')).toContainText('13×13×4');
  await expect.poll(() => weightShapes(page)).toMatchObject({ conv2d_1: [3, 3, 1, 4], conv2d_2: [3, 3, 4, 32] });

  const filters = form.getByRole('textbox', { name: 'Filters' });
  for (const [text, problem] of [
    ['0', 'From 1 to 1,024. Still 4.'],
    ['-8', 'From 1 to 1,024. Still 4.'],
    ['1e5', 'From 1 to 1,024. Still 4.'],
    ['1.5', 'A whole number from 1 to 1,024. Still 4.'],
    ['', 'A number from 1 to 1,024. Still 4.'],
  ] as const) {
    await filters.fill(text);
    await filters.blur();
    await expect(form.getByRole('alert')).toHaveText(problem);
    await expect(filters).toHaveValue(text);
    await expect(filters).toHaveAccessibleDescription(problem);
  }
  await expect(form).toContainText('28×28×1 → 26×26×4');
  await filters.focus();
  await filters.press('Escape');
  await expect(filters).toHaveValue('4');
  await expect(form.getByRole('alert')).toHaveCount(0);
});

test('an impossible stack says what is wrong at the layer, trains on meanwhile, and can be repaired', async ({
  page,
}) => {
  await openReadyPage(page, ON_CPU);
  await page.evaluate(() => window.playground.setModel('logistic-regression'));
  await run(page).play.click();
  await expect.poll(() => run(page).steps()).toBeGreaterThan(0);
  // Its buttons show when the pointer is over the layer.
  await layer(page, 'flatten_1').hover();
  await page.getByRole('button', { name: 'Remove flatten_1' }).click();
  await expect(layer(page, 'dense_1').getByRole('alert')).toContainText(/Flatten/);
  await panel(page, 'Network').getByRole('button', { name: 'dense_1 has a problem' }).click();
  await expect(formOf(page, 'dense_1').getByRole('textbox', { name: 'Units' })).toBeInViewport();
  // The former network goes on training.
  const steps = await run(page).steps();
  await expect.poll(() => run(page).steps()).toBeGreaterThan(steps);

  await drag(page, page.getByRole('button', { name: 'Add Flatten' }), await placeAt(layer(page, 'dense_1'), 'top'));
  await expect.poll(() => layerNames(page)).toEqual(['flatten_1 Flatten', 'dense_1 Dense']);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(layer(page, 'flatten_1')).toContainText('784');
});

test('any place of the stack takes a layer, a place outside of it none, and the form is never in the way', async ({
  page,
}) => {
  await openReadyPage(page, ON_CPU);
  await page.evaluate(() => window.playground.setModel('logistic-regression'));
  const stack = await panel(page, 'Layer stack').boundingBox();
  const conv = page.getByRole('button', { name: 'Add Conv2D' });
  // Far below the last layer, where nothing else is.
  await drag(page, conv, { x: stack!.x + stack!.width / 2, y: stack!.y + stack!.height - 150 });
  await expect.poll(() => layerNames(page)).toEqual(['flatten_1 Flatten', 'dense_1 Dense', 'conv2d_1 Conv2D']);
  await page.keyboard.press('Control+z');
  await drag(page, conv, { x: stack!.x + stack!.width + 200, y: stack!.y + 100 });
  expect(await layerNames(page)).toEqual(['flatten_1 Flatten', 'dense_1 Dense']);

  // A layer that is carried out of the stack stays where it was.
  await drag(page, handle(page, 'dense_1'), { x: stack!.x + stack!.width + 200, y: stack!.y + 60 });
  expect(await layerNames(page)).toEqual(['flatten_1 Flatten', 'dense_1 Dense']);

  // The layer that was carried back may still be on its last pixels.
  const top = async () => Math.round((await layer(page, 'dense_1').boundingBox())!.y / 4);
  const before = await top();
  const form = await openForm(page, 'flatten_1');
  await expect(form).toContainText('28×28×1 → 784');
  expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(1);
  await drag(page, conv, await placeAt(layer(page, 'flatten_1'), 'top'));
  await expect.poll(() => layerNames(page)).toEqual(['conv2d_1 Conv2D', 'flatten_1 Flatten', 'dense_1 Dense']);
  await expect(form).toBeHidden();
  // Before the output a new layer has an activation, so that it adds something.
  await expect(layer(page, 'conv2d_1')).toContainText('relu');
});

test('the space bar carries the layer whose row has the focus, and Tab reaches its parameters', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  const announcement = page.locator('[aria-live="assertive"]');
  const pool = layer(page, 'maxPool2d_1').getByRole('button', { expanded: false });
  await pool.focus();
  await page.keyboard.press('Space');
  await expect(announcement).toHaveText(/is at position 2 of 8|Picked up MaxPool2D maxPool2d_1/);
  await page.keyboard.press('ArrowUp');
  await expect(announcement).toHaveText('MaxPool2D maxPool2d_1 is at position 1 of 8.');
  await page.keyboard.press('Space');
  await expect
    .poll(async () => (await layerNames(page)).slice(0, 2))
    .toEqual(['maxPool2d_1 MaxPool2D', 'conv2d_1 Conv2D']);
  await expect(run(page).play).toBeVisible();

  await layer(page, 'conv2d_1').getByRole('button', { expanded: false }).focus();
  await page.keyboard.press('Enter');
  await expect(formOf(page, 'conv2d_1')).toContainText('In → out');
  await expect(formOf(page, 'conv2d_1')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(formOf(page, 'conv2d_1').getByRole('textbox', { name: 'Filters' })).toBeFocused();
  // The first one takes the field's tooltip away, if it is there.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(formOf(page, 'conv2d_1')).toBeHidden();
  await expect(layer(page, 'conv2d_1').getByRole('button', { expanded: false })).toBeFocused();
});

test('the stack is cleared in one step, and one undo brings it back', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await panel(page, 'Layer stack').getByRole('button', { name: 'Clear the stack' }).click();
  expect(await layerNames(page)).toEqual([]);
  await drag(
    page,
    page.getByRole('button', { name: 'Add Flatten', exact: true }),
    await placeAt(panel(page, 'Layer stack'), 'middle'),
  );
  await expect.poll(() => layerNames(page)).toEqual(['flatten_1 Flatten']);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  expect(await layerNames(page)).toHaveLength(8);
});

/** The handle that a layer is dragged by. */
const handle = (page: Page, id: string) => layer(page, id).getByRole('button', { name: `Move ${id}`, exact: true });

/** The shapes of the weights that the worker has, by layer. */
function weightShapes(page: Page) {
  return page.evaluate(async () => {
    const weights = await window.playground.getWeights();
    return Object.fromEntries(Object.entries(weights).map(([id, { weight }]) => [id, weight?.shape]));
  });
}
