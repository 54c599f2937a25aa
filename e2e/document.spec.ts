import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { choosePreset, layer, layerNames, openPage, openReadyPage, panel, run, weightsLine } from './page-parts.ts';
import { expect, test } from './page-test.ts';

/** The data that needs no download, and the network that trains fastest. */
async function openSmall(page: Page): Promise<void> {
  await openPage(page);
  await page.evaluate(async () => {
    await window.playground.setDataset('generated');
    await window.playground.setModel('logistic-regression');
  });
}

async function inFileMenu(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'File', exact: true }).click();
  await page.getByRole('menuitem', { name }).click();
}

/** What saving hands over, as text, with the name that it suggests. */
async function saved(page: Page, save: () => Promise<void>): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), save()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

const open = (page: Page, text: string, name = 'net.json') =>
  page.getByLabel('Network to open').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

const openedReady = (page: Page) => expect(page.getByRole('button', { name: 'Data: Generated digits' })).toBeVisible({ timeout: 60_000 });
const weightsOf = (page: Page) => page.evaluate(() => window.playground.getWeights());
const alert = (page: Page) => page.getByRole('alert');

test('saves network, settings and data to a file, and opens it as one step', async ({ page }) => {
  await openSmall(page);
  await page.evaluate(() => window.playground.configure({ batchSize: 64 }));
  const { name, text } = await saved(page, () => page.keyboard.press('Control+s'));
  expect(name).toBe('Logistic-regression.json');
  expect(JSON.parse(text)).toMatchObject({
    format: 'cnn-playground',
    version: 1,
    model: { version: 1, input: [28, 28, 1], layers: [{ kind: 'flatten' }, { kind: 'dense', units: 10 }] },
    settings: { batchSize: 64 },
    dataset: 'generated',
  });
  await choosePreset(page, 'LeNet-5');
  await expect(layer(page, 'conv2d_1')).toBeVisible();
  await open(page, text);
  await expect.poll(() => layerNames(page)).toEqual(['flatten_1 Flatten', 'dense_1 Dense']);
  await expect(page.getByRole('button', { name: /^Training settings: .*batch 64/ })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(layer(page, 'conv2d_1')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Training settings: .*batch 64/ })).toHaveCount(0);
});

test('takes a trained network home and opens it again', async ({ page }) => {
  await openSmall(page);
  await page.evaluate(() => window.playground.train({ steps: 7 }));
  const trained = await weightsOf(page);
  const { text } = await saved(page, () => inFileMenu(page, /^Save with weights/));
  await page.evaluate(() => window.playground.setModel('mlp'));
  await open(page, text, 'trained.json');
  await expect(weightsLine(page)).toHaveText('Weights from trained.json');
  await expect(run(page).step).toHaveText('7');
  expect(await weightsOf(page)).toEqual(trained);
  expect((await page.evaluate(() => window.playground.train({ steps: 2 }))).steps).toBe(2);
  await expect(run(page).step).toHaveText('9');

  // Weights of another network: said, and nothing is changed.
  const other = JSON.parse(text) as { model: { layers: { units?: number }[] } };
  other.model.layers[1]!.units = 12;
  await open(page, JSON.stringify(other));
  await expect(alert(page)).toContainText(/dense_1, weight.*should be \[784, 12\]/);
  await expect(run(page).step).toHaveText('9');
  expect(await layerNames(page)).toEqual(['flatten_1 Flatten', 'dense_1 Dense']);
});

test('a file that cannot be opened says what is wrong and where, and changes nothing', async ({ page }) => {
  await openSmall(page);
  const cases: [string, RegExp][] = [
    ['{\n  "input": [28, 28, 1],\n  "layers": [}\n}', /net\.json: line 3 is not valid JSON/],
    ['{"hello": 1}', /net\.json: it holds no network/],
    ['{"input": [28, 28, 1], "layers": [{"kind": "conv9d"}]}', /conv9d_1, kind, net\.json: there is no layer kind "conv9d"/],
    ['{"format": "cnn-playground", "version": 7}', /later version/],
  ];
  for (const [text, message] of cases) {
    await open(page, text);
    await expect(alert(page)).toContainText(message);
    await alert(page).getByRole('button', { name: 'Dismiss' }).click();
  }
  expect(await layerNames(page)).toEqual(['flatten_1 Flatten', 'dense_1 Dense']);
});

test('opens a file that is dropped on the page', async ({ page }) => {
  await openSmall(page);
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    const text =
      '{"name": "Dropped", "input": [28, 28, 1], "layers": [{"kind": "flatten"}, {"kind": "dense", "units": 10, "activation": "softmax"}]}';
    data.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
    return data;
  });
  await page.dispatchEvent('main', 'dragover', { dataTransfer: transfer });
  await expect(page.getByText('Drop the file to open its network')).toBeVisible();
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
  await expect(page.getByRole('button', { name: 'Networks: Dropped' })).toBeVisible();
  await expect(page.getByText('Drop the file to open its network')).toHaveCount(0);
});

test('shares the network by a link that opens it, over what was there', async ({ page, browser, baseURL }) => {
  await openSmall(page);
  await page.evaluate(() => window.playground.configure({ optimizer: { kind: 'sgd', learningRate: 0.25 } }));
  await inFileMenu(page, /^Share link/);
  const dialog = page.getByRole('dialog', { name: 'Share this network' });
  await expect(dialog.getByLabel('Link')).toHaveValue(/#m=1\.[\w-]+$/);
  const link = await dialog.getByLabel('Link').inputValue();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await dialog.getByRole('button', { name: 'Copy link' }).click();
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);

  const visitor = await browser.newContext({ baseURL });
  const other = await visitor.newPage();
  await other.goto(link);
  await expect(other.getByRole('button', { name: 'Networks: Logistic regression' })).toBeVisible();
  await expect(other.getByRole('button', { name: /^Training settings: SGD 0\.25/ })).toBeVisible();
  await expect(other.getByRole('button', { name: 'Data: Generated digits' })).toBeVisible({ timeout: 60_000 });
  expect(new URL(other.url()).hash).toBe('');
  expect((await other.evaluate(() => window.playground.train({ steps: 1 }))).steps).toBe(1);
  await other.getByRole('button', { name: /^Undo/ }).first().click();
  await expect(other.getByRole('button', { name: 'Networks: Flux conv_mnist' })).toBeVisible();
  await visitor.close();
});

test('a link that is broken or of a later version explains itself; the page opens as usual', async ({ page }) => {
  const cases: [string, RegExp][] = [
    ['#m=1.7VTNahsxEH6V', /the network in the link cannot be read.*damaged or was cut off/i],
    ['#m=9.abc', /later version of this page/],
    [`#m=1.${'A'.repeat(9000)}`, /too long: 9,005 characters/],
  ];
  for (const [hash, message] of cases) {
    await page.goto('about:blank');
    await openPage(page, hash);
    await expect(alert(page)).toContainText(message);
    expect(await layerNames(page)).toContain('conv2d_3 Conv2D');
    expect(new URL(page.url()).hash).toBe('');
  }
});

test('a reload loses nothing: network, settings, data, view, weights, optimizer, step, curves and looks at the layers', async ({
  page,
}) => {
  await openSmall(page);
  await page.evaluate(() => window.playground.configure({ batchSize: 50, optimizer: { learningRate: 0.02 } }));
  // What would come without the reload: the same run is begun once more after this one.
  const { loss } = await page.evaluate(() => window.playground.train({ steps: 35 }));
  await page.evaluate(async () => {
    await window.playground.reset();
    await window.playground.train({ steps: 30 });
  });
  const trained = await weightsOf(page);
  await page.getByRole('tab', { name: 'Guide' }).click();
  // Stored a moment after the change, and weights when training paused.
  await expect.poll(() => page.evaluate(() => localStorage.getItem('cnn-playground:page') ?? '')).toMatch(/"view":"guide".*"id":/);

  await page.reload();
  await expect(weightsLine(page)).toHaveText('Restored: step 30', { timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Data: Generated digits' })).toBeVisible({ timeout: 60_000 });
  await expect(run(page).step).toHaveText('30');
  await expect(run(page).play).toBeVisible();
  expect(await layerNames(page)).toEqual(['flatten_1 Flatten', 'dense_1 Dense']);
  await expect(page.getByRole('button', { name: /^Training settings: .*0\.02.*batch 50/ })).toBeVisible();
  expect(await weightsOf(page)).toEqual(trained);
  await expect(page.getByRole('tab', { name: 'Guide' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('tab', { name: 'Train' }).click();
  await expect(panel(page, 'Charts').locator('[data-line="train"] > path').first()).toHaveAttribute('d', /^M.*L/);
  await page.getByRole('tab', { name: 'Gradients' }).click();
  await page.getByRole('radiogroup', { name: 'Quantity' }).getByText('Update ratio').click();
  await expect(page.getByRole('application', { name: /^Heat map of the update ratio: 1 layers over steps? 1\b/ })).toBeVisible();
  // Once more, with nothing done in between.
  await page.reload();
  await expect(weightsLine(page)).toHaveText('Restored: step 30', { timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Data: Generated digits' })).toBeVisible({ timeout: 60_000 });
  expect((await page.evaluate(() => window.playground.train({ steps: 5 }))).loss).toEqual(loss.slice(30));
  await expect(run(page).step).toHaveText('35');
});

test('a reload in the middle of training loses no step: what came after the stored weights is trained again, to the same bits', async ({
  page,
}) => {
  await openSmall(page);
  await run(page).play.click();
  const stored = () => page.evaluate(() => localStorage.getItem('cnn-playground:page') ?? '');
  await expect.poll(stored).toMatch(/"id":/);
  const before = await run(page).steps();
  await expect.poll(() => run(page).steps(), { timeout: 60_000 }).toBeGreaterThan(before + 20);
  const left = await run(page).steps();
  await page.reload();
  await expect(weightsLine(page)).toHaveText(/^Restored: step [\d,]+$/, { timeout: 60_000 });
  await expect(run(page).play).toBeVisible({ timeout: 60_000 });
  const step = await run(page).steps();
  expect(step).toBeGreaterThanOrEqual(left);
  const again = await weightsOf(page);
  await page.evaluate(async (steps) => {
    await window.playground.reset();
    await window.playground.train({ steps });
  }, step);
  expect(again).toEqual(await weightsOf(page));
});

test('a run that begins while the one before is being stored is stored as well; a changed setting is no loss', async ({ page }) => {
  await openSmall(page);
  await run(page).play.click();
  await expect.poll(() => run(page).steps(), { timeout: 60_000 }).toBeGreaterThan(5);
  const weights = await page.evaluate(async () => {
    const given = await window.playground.getWeights();
    await window.playground.setWeights(given);
    return given;
  });
  await expect(weightsLine(page)).toHaveText('Weights set by a script');
  await expect(run(page).step).toHaveText('0');
  await expect.poll(() => page.evaluate(() => localStorage.getItem('cnn-playground:page') ?? '')).toMatch(/"run":\{"id":/);
  await page.reload();
  await expect(weightsLine(page)).toHaveText('Restored: step 0', { timeout: 60_000 });
  await openedReady(page);
  expect(await weightsOf(page)).toEqual(weights);
  await page.evaluate(() => window.playground.configure({ batchSize: 64 }));
  await page.reload();
  await expect(page.getByRole('button', { name: /^Training settings: .*batch 64/ })).toBeVisible();
  await openedReady(page);
  await expect(page.getByText(/weights of your last visit/)).toHaveCount(0);
});

test('a reload keeps the selected layer, and what undo and redo bring back', async ({ page }) => {
  await openSmall(page);
  await choosePreset(page, 'LeNet-5');
  await page.evaluate(() => window.playground.configure({ batchSize: 50 }));
  await page.keyboard.press('Control+z');
  await layer(page, 'conv2d_2')
    .getByRole('button', { name: /^Conv2D conv2d_2/ })
    .click();
  const settings = (batch: number) => page.getByRole('button', { name: new RegExp(`^Training settings: .*batch ${batch}`) });
  const stored = () => page.evaluate(() => localStorage.getItem('cnn-playground:page') ?? '');
  await expect.poll(stored).toMatch(/"selected":"/);
  await page.reload();
  await expect(panel(page, 'Inspector')).toContainText('conv2d_2', { timeout: 60_000 });
  await page.keyboard.press('Control+Shift+z');
  await expect(settings(50)).toBeVisible();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect.poll(() => layerNames(page)).toEqual(['flatten_1 Flatten', 'dense_1 Dense']);
});

test('a reload with a stack that has a problem goes on with the run, and with the stack once it is repaired', async ({ page }) => {
  await openSmall(page);
  await page.evaluate(() => window.playground.train({ steps: 12 }));
  await layer(page, 'flatten_1')
    .getByRole('button', { name: /^Flatten flatten_1/ })
    .focus();
  await page.keyboard.press('Delete');
  await expect(layer(page, 'dense_1')).toContainText('Flatten');
  const stored = () => page.evaluate(() => localStorage.getItem('cnn-playground:page') ?? '');
  await expect.poll(stored).toMatch(/"layers":\[\{"kind":"dense".*"id":/);
  await page.reload();
  await expect(run(page).step).toHaveText('12', { timeout: 60_000 });
  await layer(page, 'dense_1').getByRole('button', { name: 'Insert Flatten' }).click();
  await panel(page, 'Network').getByRole('button', { name: 'Inspect flatten_1' }).click();
  await expect(panel(page, 'Inspector').getByRole('tab', { name: 'Outputs' })).toBeVisible();
  await expect(run(page).step).toHaveText('12');
  expect((await page.evaluate(() => window.playground.train({ steps: 3 }))).steps).toBe(3);
  await expect(run(page).step).toHaveText('15');
});

test('a link opened over a run offers the way back to it', async ({ page }) => {
  await openSmall(page);
  await page.evaluate(() => window.playground.train({ steps: 9 }));
  const trained = await weightsOf(page);
  await inFileMenu(page, /^Share link/);
  const field = page.getByRole('dialog', { name: 'Share this network' }).getByLabel('Link');
  await expect(field).toHaveValue(/#m=1\./);
  const link = await field.inputValue();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.evaluate(() => localStorage.getItem('cnn-playground:page') ?? '')).toMatch(/"id":/);
  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.getByText('Opened the network of the link.')).toBeVisible({ timeout: 60_000 });
  await expect(run(page).step).toHaveText('0');
  await page.getByRole('button', { name: 'Back to mine' }).click();
  await expect(weightsLine(page)).toHaveText('Restored: step 9', { timeout: 60_000 });
  await expect(run(page).step).toHaveText('9');
  expect(await weightsOf(page)).toEqual(trained);
});

test('what is stored and broken is passed over, and a browser that stores nothing is told once', async ({ page, watch }) => {
  await page.addInitScript(() => localStorage.setItem('cnn-playground:page', '{"version":1,"document":{"format":"foreign"}}'));
  await openPage(page);
  await expect.poll(() => layerNames(page)).toContain('conv2d_3 Conv2D');
  expect(watch.problems).toEqual([]);
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    };
  });
  await openPage(page, '?again');
  await choosePreset(page, 'Logistic regression');
  await expect(page.getByText(/this browser does not keep the page \(The quota has been exceeded\)/i)).toBeVisible();
  await expect.poll(() => layerNames(page)).toEqual(['flatten_1 Flatten', 'dense_1 Dense']);
});

test('an edit keeps the weights of the layers whose shapes it does not change, and says which', async ({ page }) => {
  await openReadyPage(page);
  await page.evaluate(async () => {
    await window.playground.setDataset('generated');
    await window.playground.setModel('mlp');
    await window.playground.train({ steps: 3 });
  });
  const before = await weightsOf(page);
  await layer(page, 'dense_1').hover();
  await page.getByRole('button', { name: 'Duplicate dense_1' }).click();
  await expect(weightsLine(page)).toHaveText('Weights kept: dense_1, dense_3, dense_4 · fresh: dense_2');
  expect((await weightsOf(page))['dense_4']).toEqual(before['dense_3']);
  expect((await weightsOf(page))['dense_1']).toEqual(before['dense_1']);
  await expect(run(page).step).toHaveText('0');
});

test('a layer that is put back, or switched on again, has the weights that it left with', async ({ page }) => {
  await openReadyPage(page);
  await expect(weightsLine(page)).toContainText('Pre-trained');
  const before = await weightsOf(page);
  await layer(page, 'conv2d_2')
    .getByRole('button', { name: /^Conv2D conv2d_2/ })
    .focus();
  await page.keyboard.press('Delete');
  await expect(weightsLine(page)).toHaveText(/^Weights kept: .* fresh: conv2d_2$/);
  await page.keyboard.press('Control+z');
  await expect(weightsLine(page)).toHaveText('All layers kept their weights');
  expect(await weightsOf(page)).toEqual(before);
  await layer(page, 'conv2d_3')
    .getByRole('button', { name: /^Conv2D conv2d_3/ })
    .focus();
  await page.keyboard.press('b');
  await expect.poll(async () => Object.keys(await weightsOf(page))).toEqual(['conv2d_1', 'conv2d_2', 'dense_1']);
  await page.keyboard.press('b');
  await expect.poll(() => weightsOf(page)).toEqual(before);
});
