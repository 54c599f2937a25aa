import type { Page } from '@playwright/test';
import {
  choosePreset,
  enter,
  formOf,
  layer,
  layerNames,
  ON_CPU,
  openReadyPage,
  panel,
  run,
  settingsButton,
  stack,
  openForm,
} from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

/** The live region with the last change of the stack, for screen readers. */
const lastChange = (page: Page) => page.getByRole('status', { name: 'Changes of the stack' });
const undo = (page: Page) => panel(page, 'Layer stack').getByRole('button', { name: 'Undo' });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
const row = (page: Page, id: string) => layer(page, id).getByRole('button', { expanded: false });

test('the palette groups all kinds by purpose, with whole names that can be hit, and folds', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  const palette = panel(page, 'Layers');
  for (const family of ['Convolution', 'Pooling', 'Shape', 'Dense', 'Activation', 'Regularisation']) {
    await expect(palette.getByRole('group', { name: family })).toBeVisible();
  }
  const kinds = await palette.getByRole('button', { name: /^Add / }).all();
  expect(kinds).toHaveLength(13);
  for (const kind of kinds) {
    expect((await kind.boundingBox())!.height).toBeGreaterThanOrEqual(24);
    expect(await kind.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  }
  const fold = palette.getByRole('button', { name: 'Kinds of layers' });
  await fold.click();
  await expect(palette.getByRole('button', { name: 'Add Dense' })).toBeHidden();
  await fold.click();
  await expect(palette.getByRole('button', { name: 'Add Dense' })).toBeVisible();
});

test('a layer that is off keeps its place, and the network is trained without it', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await choosePreset(page, 'Multilayer perceptron');
  await row(page, 'dense_2').focus();
  await page.keyboard.press('b');
  await expect(lastChange(page)).toHaveText('dense_2 is off: the network is trained without it.');
  await expect(stack(page).getByRole('listitem', { name: 'Dense off' })).toBeVisible();
  expect(await layerNames(page)).toEqual(['flatten_1 Flatten', 'dense_1 Dense', 'Dense off', 'dense_2 Dense']);
  await expect(page.getByTestId('totals')).toContainText('3 layers (1 off)');
  await expect(panel(page, 'Network').getByRole('button', { name: /^Inspect / })).toHaveCount(3);
  const trained = await page.evaluate(async () => {
    const { loss } = await window.playground.train({ steps: 3 });
    const weights = await window.playground.getWeights();
    return { steps: loss.length, shapes: Object.entries(weights).map(([id, { weight }]) => [id, weight?.shape]) };
  });
  expect(trained).toEqual({
    steps: 3,
    shapes: [
      ['dense_1', [784, 128]],
      ['dense_2', [128, 10]],
    ],
  });

  await undo(page).click();
  await expect(lastChange(page)).toHaveText('Undone: switch dense_2 off.');
  await expect(page.getByTestId('totals')).toContainText('4 layers');
  await page.keyboard.press('Control+Shift+z');
  await stack(page).getByRole('listitem', { name: 'Dense off' }).getByRole('button', { name: 'Dense, off' }).click();
  await formOf(page, 'the layer').getByRole('button', { name: 'Switch on' }).click();
  await expect(stack(page).getByRole('listitem', { name: 'Dense off' })).toBeHidden();
  await expect.poll(() => page.evaluate(async () => Object.keys(await window.playground.getWeights()))).toHaveLength(3);
});

test('a skip from a layer that is off takes what flows there', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await page.evaluate(async () => {
    const conv = { kind: 'conv2d', filters: 2, padding: 'same' } as const;
    const end = [{ kind: 'flatten' }, { kind: 'dense', units: 10, activation: 'softmax' }] as const;
    await window.playground.setModel({
      input: [28, 28, 1],
      layers: [conv, conv, conv, { kind: 'add', from: 'conv2d_2' }, ...end],
    });
  });
  await expect(layer(page, 'add_1')).toContainText('from conv2d_2');
  await row(page, 'conv2d_2').focus();
  await page.keyboard.press('b');
  await expect(layer(page, 'add_1')).toContainText('from conv2d_1');
  const adding = await openForm(page, 'add_1');
  await expect(adding.getByRole('combobox').locator('option:checked')).toHaveText('conv2d (off)');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('one undo brings back the network and the settings that a preset replaced', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  const settings = settingsButton(page);
  await expect(settings).toHaveAccessibleName(/Adam .*, batch 128/);
  await choosePreset(page, 'LeNet in C++ from scratch');
  await expect(settings).toHaveAccessibleName(/SGD .*, batch 32/);
  await page.evaluate(() => window.playground.configure({ batchSize: 48 }));
  await undo(page).hover();
  await expect(page.getByRole('tooltip', { name: 'Undo: change batch size (Ctrl+Z)' })).toBeVisible();
  await undo(page).click();
  await expect(settings).toHaveAccessibleName(/SGD .*, batch 32/);
  await undo(page).click();
  await expect(settings).toHaveAccessibleName(/Adam .*, batch 128/);
  expect(await layerNames(page)).toHaveLength(8);
  await expect(undo(page)).toBeDisabled();
  // The worker uses the new batch size too: 90 images are one batch of 128, and three of 32.
  const epoch = () => page.evaluate(async () => (await window.playground.train({ epochs: 1 })).steps);
  await page.evaluate(async () => {
    const labels = Uint8Array.from({ length: 100 }, (_, i) => i % 10);
    await window.playground.setDataset({
      height: 28,
      width: 28,
      channels: 1,
      classes: 10,
      images: new Uint8Array(100 * 784),
      labels,
    });
  });
  expect(await epoch()).toBe(1);
  await panel(page, 'Layer stack').getByRole('button', { name: 'Redo' }).click();
  await expect(settings).toHaveAccessibleName(/SGD .*, batch 32/);
  expect(await layerNames(page)).toHaveLength(6);
  expect(await epoch()).toBe(3);
});

test('a broken stack offers its repair, which is one step of undo, while the former network trains on', async ({
  page,
}) => {
  await openReadyPage(page, ON_CPU);
  await page.evaluate(() => window.playground.setModel('logistic-regression'));
  await run(page).play.click();
  await expect.poll(() => run(page).steps()).toBeGreaterThan(0);
  await row(page, 'flatten_1').focus();
  await page.keyboard.press('Delete');
  await expect(layer(page, 'dense_1').getByRole('alert')).toContainText('Needs a vector');
  await expect(panel(page, 'Layer stack')).toContainText('The former network goes on training.');
  await layer(page, 'dense_1').getByRole('button', { name: 'Insert Flatten' }).click();
  await expect(lastChange(page)).toHaveText('Done: Insert Flatten. The network is valid.');
  expect(await layerNames(page)).toEqual(['flatten_1 Flatten', 'dense_1 Dense']);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(layer(page, 'dense_1').getByRole('alert')).toBeVisible();
  await page.keyboard.press('Control+Shift+z');
  await expect(page.getByRole('alert')).toHaveCount(0);

  const form = await openForm(page, 'dense_1');
  await enter(form.getByRole('textbox', { name: 'Units' }), '7');
  await layer(page, 'dense_1').getByRole('button', { name: 'Set units to 10' }).click();
  await expect(form.getByRole('textbox', { name: 'Units' })).toHaveValue('10');
  await run(page).pause.click();
});

test('keys move, duplicate and remove the focused layer, and the focus stays where the user can go on', async ({
  page,
}) => {
  await openReadyPage(page, ON_CPU);
  await row(page, 'maxPool2d_1').focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(lastChange(page)).toHaveText('maxPool2d_1 is at position 1 of 8.');
  await expect.poll(() => focused(page)).toContain('MaxPool2D maxPool2d_1');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(lastChange(page)).toHaveText('maxPool2d_1 is the first layer.');
  await page.keyboard.press('Alt+ArrowDown');
  await expect(lastChange(page)).toHaveText('maxPool2d_1 is at position 2 of 8.');
  await page.keyboard.press('Control+d');
  await expect(lastChange(page)).toHaveText('maxPool2d_1 duplicated: position 3 of 9.');
  await expect.poll(() => focused(page)).toContain('MaxPool2D maxPool2d_2');
  await page.keyboard.press('b');
  await expect(lastChange(page)).toHaveText('maxPool2d_2 is off: the network is trained without it.');
  await page.keyboard.press('b');
  await page.keyboard.press('Delete');
  await expect(lastChange(page)).toHaveText('maxPool2d_2 removed. 8 layers are left.');
  await expect.poll(() => focused(page)).toContain('Conv2D conv2d_2');
  // The button does the same as the key.
  await layer(page, 'maxPool2d_1').hover();
  await layer(page, 'maxPool2d_1').getByRole('button', { name: 'Duplicate maxPool2d_1' }).click();
  await expect.poll(() => focused(page)).toContain('MaxPool2D maxPool2d_2');
  await page.keyboard.press('Delete');
  await expect(lastChange(page)).toHaveText('maxPool2d_2 removed. 8 layers are left.');
  await page.getByRole('button', { name: 'Add Dropout' }).focus();
  await page.keyboard.press('Enter');
  await expect(lastChange(page)).toHaveText(/^dropout_1 added at position \d of 9\.$/);
  await page.keyboard.press('Control+z');
  await expect(lastChange(page)).toHaveText('Undone: add Dropout.');

  // Carries a layer from the palette to its place by keyboard.
  const dragAnnouncements = page.locator('[aria-live="assertive"]');
  await page.getByRole('button', { name: 'Add Dropout' }).focus();
  await page.keyboard.press('Space');
  await expect(dragAnnouncements).toHaveText(/Picked up new Dropout layer|new Dropout layer is/);
  // The drag listens to the keys only a moment after the layer was picked up.
  await expect(async () => {
    await page.keyboard.press('ArrowDown');
    await expect(dragAnnouncements).toHaveText(/new Dropout layer is at position [2-9] of 9\./, { timeout: 2000 });
  }).toPass();
  await page.keyboard.press('Space');
  await expect(dragAnnouncements).toHaveText(/Dropped new Dropout layer at position \d of 9\./);
  expect(await layerNames(page)).toContain('dropout_1 Dropout');

  await panel(page, 'Layer stack').getByRole('button', { name: 'Keys of the stack' }).click();
  await expect(page.getByRole('dialog', { name: 'Keys of the stack' })).toContainText('Switch the layer off or on');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('the problem of a layer and its repair come into sight, past the totals, and so does what has the focus', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openReadyPage(page, ON_CPU);
  await row(page, 'flatten_1').focus();
  await page.keyboard.press('Delete');
  const repair = page.getByRole('button', { name: 'Insert Flatten' });
  await expect.poll(() => repair.evaluate(isHittable)).toBe(true);
  await expect.poll(() => layer(page, 'dense_1').getByRole('alert').evaluate(isHittable)).toBe(true);
  await stack(page).evaluate((list) => (list.parentElement!.scrollTop = 0));
  await page.keyboard.press('Tab');
  while ((await page.evaluate(() => document.activeElement?.textContent)) !== 'Insert Flatten')
    await page.keyboard.press('Tab');
  await expect.poll(() => repair.evaluate(isHittable)).toBe(true);
});

test('a Dense in an empty stack is led to a network by its repairs', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await page.evaluate(() => window.playground.setModel('logistic-regression'));
  for (const id of ['dense_1', 'flatten_1']) {
    await row(page, id).focus();
    await page.keyboard.press('Delete');
  }
  await page.getByRole('button', { name: 'Add Dense' }).click();
  await page.getByRole('button', { name: 'Insert Flatten' }).click();
  await page.getByRole('button', { name: 'Set units to 10' }).click();
  await expect(lastChange(page)).toHaveText('Done: Set units to 10. The network is valid.');
  expect(await layerNames(page)).toEqual(['flatten_1 Flatten', 'dense_1 Dense']);
});

test('what is dragged from the palette is as wide as its name', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  const box = (await page.getByRole('button', { name: 'Add BatchNormalization' }).boundingBox())!;
  await page.mouse.move(box.x + 10, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 40, box.y + 150, { steps: 8 });
  const ghost = page.locator('[data-from="palette"]');
  await expect(ghost).toHaveText('BatchNormalization');
  expect(await ghost.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  await page.mouse.up();
});

/** Whether a pointer at the middle of an element hits it, and not something that covers it. */
function isHittable(element: Element): boolean {
  const { x, y, width, height } = element.getBoundingClientRect();
  return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}
