import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import {
  choosePreset,
  closeDialog,
  layer,
  layerNames,
  ON_CPU,
  openPage,
  openReadyPage,
  openSmall,
  run,
  weightsLine,
  weightsOf,
} from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

async function inFileMenu(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'File', exact: true }).click();
  await page.getByRole('menuitem', { name }).click();
}

/** Returns the file that a click saves: its text, and its suggested name. */
async function saved(page: Page, save: () => Promise<void>): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), save()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

const open = (page: Page, text: string, name = 'net.json') =>
  page.getByLabel('Network to open').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

const alert = (page: Page) => page.getByRole('alert');

test('saves network, settings and data to a file, and opens it as one step', async ({ page }) => {
  await openSmall(page, ON_CPU);
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
  await openSmall(page, ON_CPU);
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

  // Weights of another network: the page says so, and changes nothing.
  const other = JSON.parse(text) as { model: { layers: { units?: number }[] } };
  other.model.layers[1]!.units = 12;
  await open(page, JSON.stringify(other));
  await expect(alert(page)).toContainText(/dense_1, weight.*should be \[784, 12\]/);
  await expect(run(page).step).toHaveText('9');
  expect(await layerNames(page)).toEqual(['flatten_1 Flatten', 'dense_1 Dense']);
});

test('a file that cannot be opened says what is wrong and where, and changes nothing', async ({ page }) => {
  await openSmall(page, ON_CPU);
  const cases: [string, RegExp][] = [
    ['{\n  "input": [28, 28, 1],\n  "layers": [}\n}', /net\.json: line 3 is not valid JSON/],
    ['{"hello": 1}', /net\.json: it holds no network/],
    [
      '{"input": [28, 28, 1], "layers": [{"kind": "conv9d"}]}',
      /conv9d_1, kind, net\.json: there is no layer kind "conv9d"/,
    ],
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
  await openSmall(page, ON_CPU);
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    const text =
      '{"name": "Dropped", "input": [28, 28, 1], "layers": [{"kind": "flatten"}, {"kind": "dense", "units": 10, ' +
      '"activation": "softmax"}]}';
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
  await openSmall(page, ON_CPU);
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

test('a link to the network that the page opens with brings none of its trained weights', async ({
  page,
  browser,
  baseURL,
}) => {
  await openReadyPage(page, ON_CPU);
  await expect(weightsLine(page)).toContainText('Pre-trained');
  await page.evaluate(() => window.playground.configure({ optimizer: { kind: 'sgd', learningRate: 50 } }));
  await inFileMenu(page, /^Share link/);
  const field = page.getByRole('dialog', { name: 'Share this network' }).getByLabel('Link');
  await expect(field).toHaveValue(/#m=1\./);
  const visitor = await browser.newContext({ baseURL });
  const other = await visitor.newPage();
  await other.goto(await field.inputValue());
  await expect(other.getByRole('button', { name: /^Training settings: SGD 50/ })).toBeVisible();
  await expect(weightsLine(other)).toHaveText('Fresh weights, seed 1', { timeout: 60_000 });
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

test('a link opened over a run offers the way back to it', async ({ page }) => {
  await openSmall(page, ON_CPU);
  await page.evaluate(() => window.playground.train({ steps: 9 }));
  const trained = await weightsOf(page);
  await inFileMenu(page, /^Share link/);
  const field = page.getByRole('dialog', { name: 'Share this network' }).getByLabel('Link');
  await expect(field).toHaveValue(/#m=1\./);
  const link = await field.inputValue();
  await closeDialog(page);
  await expect.poll(() => page.evaluate(() => localStorage.getItem('cnn-playground:page') ?? '')).toMatch(/"id":/);
  // As a visit of its own, and put into the address bar of the open page.
  for (const visit of ['new', 'same']) {
    if (visit === 'new') await page.goto('about:blank');
    await page.goto(link);
    await expect(page.getByText('Opened the network of the link.')).toBeVisible({ timeout: 60_000 });
    await expect(run(page).step).toHaveText('0');
    await page.getByRole('button', { name: 'Back to mine' }).click();
    await expect(weightsLine(page)).toHaveText('Restored: step 9', { timeout: 60_000 });
    await expect(run(page).step).toHaveText('9');
    expect(await weightsOf(page)).toEqual(trained);
  }
});

test('an edit keeps the weights of the layers whose shapes it does not change, and says which', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
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

test('undo finds the weights of a layer that an edit took away, also after a reload', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await page.evaluate(() => window.playground.train({ steps: 2 }));
  const trained = await weightsOf(page);
  await choosePreset(page, 'Logistic regression');
  await expect(run(page).step).toHaveText('0');
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('cnn-playground:page') ?? ''))
    .toMatch(/"name":"Logistic regression".*"past":\[\{/);
  await expect.poll(() => hasPutAway(page)).toBe(true);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Networks: Logistic regression' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Data: (MNIST|Generated digits)$/ })).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: 'Networks: Flux conv_mnist' })).toBeVisible();
  await expect(weightsLine(page)).toHaveText('All layers kept their weights', { timeout: 60_000 });
  expect(await weightsOf(page)).toEqual(trained);
});

test('a layer that is put back, or switched on again, has the weights that it left with', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
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

/** Whether the weights of layers that an edit took away are stored in the browser. */
const hasPutAway = (page: Page) =>
  page.evaluate(async () => {
    // Opening a database that is not there would create it.
    if (!(await indexedDB.databases()).some(({ name }) => name === 'cnn-playground')) return false;
    return new Promise<boolean>((resolve, reject) => {
      const opening = indexedDB.open('cnn-playground');
      opening.onerror = () => reject(opening.error!);
      opening.onsuccess = () => {
        const database = opening.result;
        const count = database.transaction('runs').objectStore('runs').count('put-away');
        count.onerror = () => reject(count.error!);
        count.onsuccess = () => resolve(count.result > 0);
        database.close();
      };
    });
  });
