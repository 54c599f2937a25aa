import { expect, type Locator, type Page } from '@playwright/test';
import { openReadyPage, panel } from './page-parts.ts';

/** Opens a small network, selects one of its layers, and opens one part of the inspector. */
export async function inspect(page: Page, id: string, tab: string): Promise<Locator> {
  await openReadyPage(page);
  await stackTwoConvolutions(page);
  return openLayer(page, id, tab);
}

/** Two convolutions with a pooling between them, and a Dense layer. */
export async function stackTwoConvolutions(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await window.playground.setModel({
      version: 1,
      name: 'Two convolutions',
      input: [28, 28, 1],
      layers: [
        { kind: 'conv2d', filters: 4, activation: 'relu' },
        { kind: 'maxPool2d' },
        { kind: 'conv2d', filters: 6, activation: 'tanh' },
        { kind: 'flatten' },
        { kind: 'dense', units: 10, activation: 'softmax' },
      ],
    });
  });
}

/** Selects a layer in the network and opens one part of the inspector. */
export async function openLayer(page: Page, id: string, tab: string): Promise<Locator> {
  await panel(page, 'Network')
    .getByRole('button', { name: `Inspect ${id}` })
    .click();
  const inspector = panel(page, 'Inspector');
  await inspector.getByRole('tab', { name: tab }).click();
  return inspector;
}

/** Reads a number as the page writes it. */
export const numberIn = (text: string) => Number(text.replaceAll('−', '-').match(/-?[\d.]+(e-?\d+)?/)![0]);

/** The number that the network itself computed, as the product view shows it. */
export const shownOutput = async (inspector: Locator) =>
  numberIn((await inspector.getByTestId('product-output').textContent())!);

/** Expects the arithmetic on the page to end in the number that the network itself computed. */
export async function expectSumShown(inspector: Locator): Promise<void> {
  await expect(inspector.getByTestId('product')).toBeVisible({ timeout: 60_000 });
  const words = (await inspector.getByTestId('product').textContent())!;
  const y = numberIn(words.slice(words.lastIndexOf('=') + 1));
  const output = await shownOutput(inspector);
  expect(Math.abs(y - output), words).toBeLessThan(1e-5 * Math.max(1, Math.abs(output)));
}
