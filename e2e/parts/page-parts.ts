import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, type Locator, type Page } from '@playwright/test';
import type { GivenModelSpec } from '../../src/model/spec.ts';

/**
 * Opens the page, past its first screen. The address is relative, so it works below the base address
 * of the configuration.
 */
export async function openPage(page: Page, query = ''): Promise<void> {
  const [search, hash] = query.split('#');
  await page.goto(`./${search ? `${search}&` : '?'}view=train${hash ? `#${hash}` : ''}`);
  await expect(page.getByRole('heading', { name: 'CNN Playground' })).toBeVisible();
}

/**
 * The query for tests that do not depend on the backend: the page opens in half the time if nothing
 * is compiled for a software adapter.
 */
export const ON_CPU = '?backend=cpu';

/** Opens the page and waits until backend, network and images are ready. */
export async function openReadyPage(page: Page, query = ''): Promise<void> {
  await openPage(page, query);
  await expect(page.getByRole('button', { name: /^Data: (MNIST|Generated digits)$/ })).toBeVisible({ timeout: 60_000 });
}

/** Opens the page with data that needs no download, and the network that trains fastest. */
export async function openSmall(page: Page, query = ''): Promise<void> {
  await openPage(page, query);
  await page.evaluate(async () => {
    await window.playground.setDataset('generated');
    await window.playground.setModel('logistic-regression');
  });
}

/**
 * Convolution, pooling, flatten and dense, each with its own tabs and parameters; trains in a
 * moment.
 */
export const SMALL_CONVOLUTION: GivenModelSpec = {
  version: 1,
  name: 'A small convolution',
  input: [28, 28, 1],
  layers: [
    { kind: 'conv2d', filters: 4, kernelSize: [3, 3], activation: 'relu' },
    { kind: 'maxPool2d' },
    { kind: 'flatten' },
    { kind: 'dense', units: 10, activation: 'softmax' },
  ],
};

/** The weights in training. */
export const weightsOf = (page: Page) => page.evaluate(() => window.playground.getWeights());

/** The layer stack of the builder. */
export const stack = (page: Page): Locator => page.getByRole('list', { name: 'Layers from input to output' });

/** A layer of the stack by its id, such as `conv2d_1`. */
export const layer = (page: Page, id: string): Locator =>
  stack(page).getByRole('listitem', { name: new RegExp(`^${id} `) });

/**
 * `id label` of every layer of the stack, from the input on. It reads them in one piece, so layers
 * may disappear meanwhile.
 */
export const layerNames = (page: Page): Promise<(string | null)[]> =>
  stack(page)
    .getByRole('listitem')
    .evaluateAll((items) => items.map((item) => item.getAttribute('aria-label')));

/** The parameters of a layer, which open beside the stack. */
export const formOf = (page: Page, id: string): Locator =>
  page.getByRole('region', { name: `Parameters of ${id}`, exact: true });

/** Opens the parameters of a layer in the stack, and returns them. */
export async function openForm(page: Page, id: string): Promise<Locator> {
  await layer(page, id).getByRole('button', { name: id, expanded: false }).click();
  return formOf(page, id);
}

/** Types a value into a field and confirms it with Enter. */
export async function enter(field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await field.press('Enter');
}

/** A titled region of the page. */
export const panel = (
  page: Page,
  name: 'Charts' | 'Inspector' | 'Layer stack' | 'Layers' | 'Network' | 'Prediction',
): Locator => page.getByRole('region', { name, exact: true });

/** The run controls and the step counter. */
export function run(page: Page) {
  const button = (name: string) => page.getByRole('group', { name: 'Run' }).getByRole('button', { name, exact: true });
  return {
    play: button('Play'),
    pause: button('Pause'),
    stepOnce: button('Step one batch'),
    reset: button('Reset'),
    step: page.getByTestId('step'),
    /** The number of steps done in this run. */
    steps: async () => Number((await page.getByTestId('step').innerText()).replaceAll(',', '')),
  };
}

/** The line that says where the weights in training come from. */
export const weightsLine = (page: Page): Locator => page.getByRole('status', { name: 'Weights' });

/** Replaces the network on the page by a preset, as a person does. */
export async function choosePreset(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: /^Networks: / }).click();
  await page
    .getByRole('dialog', { name: 'Networks to start from' })
    .getByRole('button', { name: `Open ${title}` })
    .click();
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** The button that opens the training settings; its name says the most important ones. */
export const settingsButton = (page: Page): Locator => page.getByRole('button', { name: /^Training settings: / });

/**
 * Opens the training settings. It waits until they took the focus: they would take it from a field
 * that got it before.
 */
export async function openSettings(page: Page): Promise<void> {
  await settingsButton(page).click();
  // The frame of the settings itself takes it.
  await expect(page.locator('[role=dialog]:focus, [role=dialog] :focus')).toHaveCount(1);
}

/**
 * Closes the open dialog with Escape. It waits until the dialog has the focus: before that, the key
 * goes to the control that opened it.
 */
export async function closeDialog(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
}

/**
 * Moves the mouse from one place to another with the button held, slowly enough for the page to
 * follow.
 */
export async function drag(page: Page, from: Locator, to: { x: number; y: number }): Promise<void> {
  const box = (await from.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 12 });
  // The page computes in an animation frame where a layer lands.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
}

/** The middle of an element, or a place above or below it. */
export async function placeAt(
  locator: Locator,
  where: 'top' | 'middle' | 'bottom' = 'middle',
): Promise<{ x: number; y: number }> {
  const box = (await locator.boundingBox())!;
  const share = { top: 0, middle: 0.5, bottom: 1 }[where];
  return { x: box.x + box.width / 2, y: box.y + share * box.height };
}

/** The folder that the built page takes its MNIST from. */
export const MNIST_FOLDER = fileURLToPath(new URL('../../public/data/mnist/', import.meta.url));

/**
 * Whether the real MNIST is there. Tests that need it are skipped, and reported as skipped, if it
 * is not.
 */
export const hasMnist =
  existsSync(MNIST_FOLDER) && readdirSync(MNIST_FOLDER).filter((name) => name.endsWith('-ubyte.gz')).length === 4;
export const NO_MNIST = 'Needs the real MNIST files in public/data/mnist: `npm run data`.';
