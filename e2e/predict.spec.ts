import type { Page } from '@playwright/test';
import { choosePreset, openReadyPage, panel } from './page-parts.ts';
import { expect, test } from './page-test.ts';

test('a digit drawn with the mouse is recognised, an empty pad predicts nothing', async ({ page }) => {
  await openReadyPage(page);
  await choosePreset(page, 'Logistic regression');
  await page.evaluate(() => window.playground.train({ steps: 150 }));
  const prediction = panel(page, 'Prediction');
  await expect(prediction.getByRole('button', { name: 'Clear drawing' })).toBeDisabled();

  // A one, as most people write it.
  await drawLine(page, { x: 0.52, y: 0.15 }, { x: 0.48, y: 0.85 });
  await expect(prediction).toContainText(/1\s*\d+\.\d %\s*sure/);
  const shares = await probabilities(page);
  expect(shares).toHaveLength(10);
  expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100)).toBeLessThan(1);
  expect(shares.indexOf(Math.max(...shares))).toBe(1);
  expect(await inkSeen(page)).toMatchObject({ height: 20, centre: [14, 14] });

  await prediction.getByRole('button', { name: 'Clear drawing' }).click();
  await expect(prediction.getByRole('list', { name: 'Probability of each class' }).getByText('–')).toHaveCount(10);
  await expect(prediction).toContainText('Draw a digit');
});

test('a sample of the test set is predicted, and the whole test set evaluated', async ({ page }) => {
  await openReadyPage(page);
  await choosePreset(page, 'Logistic regression');
  await page.evaluate(() => window.playground.train({ steps: 60 }));
  const prediction = panel(page, 'Prediction');
  await prediction.getByRole('button', { name: /^Image 3, a \d/ }).click();
  await expect(prediction).toContainText(/\d+\.\d %\s*(right|wrong, it is a \d)/);
  await prediction.getByRole('button', { name: 'Evaluate on test set' }).click();
  await expect(prediction.getByRole('status')).toContainText(/Test set: \d+\.\d % right, loss/, { timeout: 60_000 });
  const counts = await prediction.getByRole('table').getByRole('cell').allInnerTexts();
  const images = counts.reduce((sum, count) => sum + Number(count), 0);
  expect([2_000, 10_000]).toContain(images);
});

/** Draws a straight stroke on the pad; places are shares of its side. */
async function drawLine(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  const pad = page.getByRole('img', { name: 'Draw pad' });
  await pad.scrollIntoViewIfNeeded();
  const box = (await pad.boundingBox())!;
  await page.mouse.move(box.x + from.x * box.width, box.y + from.y * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + to.x * box.width, box.y + to.y * box.height, { steps: 10 });
  await page.mouse.up();
}

/** Percent of each class, as shown. */
async function probabilities(page: Page): Promise<number[]> {
  const rows = await page.getByRole('list', { name: 'Probability of each class' }).getByRole('listitem').allInnerTexts();
  return rows.map((row) => Number(/([\d.]+) %/.exec(row)?.[1]));
}

/** Height and centre of mass of what the network sees, in pixels. */
function inkSeen(page: Page) {
  return page.getByRole('img', { name: 'What the network sees' }).evaluate((canvas: HTMLCanvasElement) => {
    const { data, width, height } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const rows = new Set<number>();
    let [mass, x, y] = [0, 0, 0];
    for (let i = 0; i < width * height; i++) {
      const ink = data[4 * i]!;
      if (ink > 12) rows.add(Math.floor(i / width));
      mass += ink;
      x += ink * (i % width);
      y += ink * Math.floor(i / width);
    }
    return { height: rows.size, centre: [Math.round(x / mass), Math.round(y / mass)] };
  });
}
