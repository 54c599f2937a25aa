import type { Locator, Page } from '@playwright/test';
import { choosePreset, ON_CPU, openReadyPage, panel } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

test('a digit drawn with the mouse is recognised, an empty pad predicts nothing', async ({ page }) => {
  await openReadyPage(page);
  await choosePreset(page, 'Logistic regression');
  await page.evaluate(() => window.playground.train({ steps: 150 }));
  const prediction = panel(page, 'Prediction');
  await expect(prediction.getByRole('button', { name: 'Clear drawing' })).toBeDisabled();

  // A one, as most people write it.
  await drawLine(page, { x: 0.52, y: 0.15 }, { x: 0.48, y: 0.85 });
  await expect(prediction).toContainText(/1\s*\d+\.\d %\s*score/);
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
  await prediction.getByRole('button', { name: 'Open in Test view' }).click();
  const cells = page.getByRole('region', { name: 'Confusion matrix' }).getByRole('cell');
  await expect(cells).toHaveCount(100, { timeout: 60_000 });
  const counts = await cells.allInnerTexts();
  const images = counts.reduce((sum, count) => sum + Number(count), 0);
  expect([2_000, 10_000]).toContain(images);
});

test('the samples go round also where they are fewer than fit, and there need not be a test set', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  const bring = (test: number) =>
    page.evaluate(async (test) => {
      const images = (count: number) => Uint8Array.from({ length: count * 64 }, (_, i) => (i * 37) % 256);
      const labels = (count: number) => Uint8Array.from({ length: count }, (_, i) => i % 4);
      const held = { testImages: images(test), testLabels: labels(test) };
      await window.playground.setDataset({
        height: 8,
        width: 8,
        channels: 1,
        classes: 4,
        images: images(24),
        labels: labels(24),
        ...held,
      });
    }, test);
  await bring(7);
  const prediction = panel(page, 'Prediction');
  const samples = prediction.getByRole('button', { name: /^Image \d+, a \d/ });
  await expect(samples).toHaveCount(7);
  for (const name of ['Previous samples', 'Next samples']) {
    await prediction.getByRole('button', { name }).click();
    await expect(prediction.getByRole('button', { name: /^Image 1, a 0/ })).toHaveAttribute('aria-pressed', 'true');
  }
  await bring(0);
  await expect(prediction.getByRole('group', { name: 'Samples of the train images' }).getByRole('button')).toHaveCount(
    10,
  );
});

test('classes go by their names, and the pad is there only for images that a hand can draw', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  const prediction = panel(page, 'Prediction');
  const pad = prediction.getByRole('img', { name: 'Draw pad' });
  await drawLine(page, { x: 0.5, y: 0.15 }, { x: 0.5, y: 0.85 });
  await page.evaluate(async () => {
    const images = Uint8Array.from({ length: 12 * 8 * 8 * 3 }, (_, i) => (i * 37) % 256);
    const labels = Uint8Array.from({ length: 12 }, (_, i) => i % 2);
    const held = { testImages: images, testLabels: labels };
    const classNames = ['owl', 'lighthouse keeper'];
    const shape = { height: 8, width: 8, channels: 3, classes: 2 };
    await window.playground.setDataset({ ...shape, classNames, images, labels, ...held });
  });
  await expect(pad).toHaveCount(0);
  await expect(prediction.getByRole('button', { name: 'Image 1, an owl' })).toHaveAttribute('aria-pressed', 'true');
  await expect(prediction.getByRole('button', { name: 'Image 2, a lighthouse keeper' })).toBeVisible();
  const bars = prediction.getByRole('list', { name: 'Probability of each class' }).getByRole('listitem');
  await expect(bars).toContainText(['owl', 'lighthouse keeper']);

  // The drawing waits for images that it can be one of.
  await page.evaluate(() => window.playground.setDataset('generated'));
  await expect(pad).toBeVisible();
  await expect.poll(() => inkOnPad(page)).toBeGreaterThan(0);
});

test('the eraser takes ink away; undo and redo go over both', async ({ page }) => {
  await openReadyPage(page);
  const prediction = panel(page, 'Prediction');
  const button = (name: string) => prediction.getByRole('button', { name });
  await drawLine(page, { x: 0.5, y: 0.1 }, { x: 0.5, y: 0.9 });
  await expect.poll(async () => (await inkSeen(page)).height).toBe(20);
  const whole = await inkOnPad(page);

  await prediction.getByText('Eraser', { exact: true }).click();
  // By keyboard, to the largest width.
  await prediction.getByRole('slider', { name: 'Width of the eraser' }).press('End');
  await drawLine(page, { x: 0.2, y: 0.5 }, { x: 0.8, y: 0.5 });
  const parted = await inkOnPad(page);
  expect(parted).toBeLessThan(0.85 * whole);
  expect(parted).toBeGreaterThan(0.5 * whole);
  await button('Undo the last stroke').click();
  await expect.poll(() => inkOnPad(page)).toBe(whole);
  await button('Redo the stroke').click();
  await expect.poll(() => inkOnPad(page)).toBe(parted);

  await drawLine(page, { x: 0.5, y: 0.05 }, { x: 0.5, y: 0.95 });
  await expect.poll(() => inkOnPad(page)).toBe(0);
  await expect(prediction.getByRole('list', { name: 'Probability of each class' }).getByText('–')).toHaveCount(10);
  await button('Clear drawing').click();
  await button('Undo the last stroke').click();
  await button('Undo the last stroke').click();
  await expect.poll(() => inkOnPad(page)).toBe(parted);
});

test('a finger draws, and a pen draws wider the harder it is pressed', async ({ page }) => {
  await openReadyPage(page);
  const cdp = await page.context().newCDPSession(page);
  const placesOnPad = async () => {
    const box = await padBox(page);
    return (share: number) => ({ x: box.x + 0.5 * box.width, y: box.y + share * box.height });
  };
  const at = await placesOnPad();
  for (const type of ['touchStart', 'touchMove', 'touchEnd'] as const) {
    const touchPoints = type === 'touchEnd' ? [] : [at(type === 'touchStart' ? 0.2 : 0.8)];
    await cdp.send('Input.dispatchTouchEvent', { type, touchPoints });
  }
  await expect.poll(async () => (await inkSeen(page)).height).toBe(20);
  const finger = await inkOnPad(page);

  const inkOfPen = async (force: number) => {
    await panel(page, 'Prediction').getByRole('button', { name: 'Clear drawing' }).click();
    const at = await placesOnPad();
    const pen = { button: 'left', buttons: 1, clickCount: 1, pointerType: 'pen', force } as const;
    await cdp.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at(0.2), ...pen });
    await cdp.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...at(0.8), ...pen });
    await cdp.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at(0.8), ...pen });
    await expect.poll(() => inkOnPad(page)).toBeGreaterThan(0);
    return inkOnPad(page);
  };
  const [soft, hard] = [await inkOfPen(0.2), await inkOfPen(0.9)];
  expect(soft).toBeLessThan(0.8 * finger);
  expect(hard).toBeGreaterThan(1.2 * finger);
});

test('a saved drawing survives a reload, with the digit it is meant to be', async ({ page }) => {
  await openReadyPage(page);
  const prediction = panel(page, 'Prediction');
  await drawLine(page, { x: 0.52, y: 0.15 }, { x: 0.48, y: 0.85 });
  await prediction.getByRole('combobox', { name: 'Which digit you drew' }).click();
  await page.getByRole('option', { name: '1', exact: true }).click();
  const ink = await inkOnPad(page);
  await prediction.getByRole('button', { name: 'Save drawing' }).click();
  await expect(prediction.getByRole('button', { name: 'Saved drawing 1, a 1', exact: true })).toBeVisible();

  // A broken value stored beside it does no harm.
  await page.evaluate(() => {
    const key = 'cnn-playground.doodles';
    const kept = JSON.parse(localStorage.getItem(key)!) as { doodles: unknown[] };
    localStorage.setItem(key, JSON.stringify({ ...kept, doodles: [{ strokes: 'none' }, ...kept.doodles] }));
  });
  await page.reload();
  await openReadyPage(page);
  const saved = prediction.getByRole('button', { name: 'Saved drawing 1, a 1', exact: true });
  await saved.click();
  // Strokes are saved to a tenth of a pixel.
  await expect.poll(async () => Math.abs((await inkOnPad(page)) / ink - 1)).toBeLessThan(0.002);
  await expect(prediction.getByRole('combobox', { name: 'Which digit you drew' })).toHaveValue('1');
  await expect(prediction).toContainText(/right|wrong, it is a 1/);
  await prediction.getByRole('button', { name: 'Delete saved drawing 1' }).click();
  await expect(saved).toBeHidden();
});

test('saliency marks the pixels that matter, for the label or for what is predicted', async ({ page }) => {
  await openReadyPage(page);
  await choosePreset(page, 'Logistic regression');
  await page.evaluate(() => window.playground.train({ steps: 20 }));
  const prediction = panel(page, 'Prediction');
  const sample = prediction.getByRole('button', { name: /^Image 3, a \d/ });
  await sample.click();
  const label = /a (\d)/.exec((await sample.getAttribute('aria-label'))!)![1]!;
  const image = prediction.getByRole('img', { name: 'What the network sees' });
  expect(await coloured(image)).toBe(0);
  await prediction.getByRole('switch', { name: 'Saliency' }).click();
  await expect(image).toHaveAttribute('aria-label', new RegExp(`saliency for ${label}, from 0 to \\d`));
  await expect.poll(() => coloured(image)).toBeGreaterThan(100);
  await expect(prediction).toContainText(`for ${label}`);

  await drawLine(page, { x: 0.52, y: 0.15 }, { x: 0.48, y: 0.85 });
  await expect(prediction).toContainText(/for \d \(predicted\)/);
  await prediction.getByRole('switch', { name: 'Saliency' }).click();
  await expect.poll(() => coloured(image)).toBe(0);
});

/** Counts the pixels of a canvas that are not grey. */
function coloured(image: Locator): Promise<number> {
  return image.evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i] !== data[i + 2]) count++;
    return count;
  });
}

/** The sum of the ink on the draw pad. */
function inkOnPad(page: Page): Promise<number> {
  return page.getByRole('img', { name: 'Draw pad' }).evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    let ink = 0;
    for (let i = 0; i < data.length; i += 4) ink += data[i]!;
    return ink;
  });
}

/** Draws a straight stroke on the pad. Places are given as shares of its side. */
async function drawLine(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  const box = await padBox(page);
  await page.mouse.move(box.x + from.x * box.width, box.y + from.y * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + to.x * box.width, box.y + to.y * box.height, { steps: 10 });
  await page.mouse.up();
}

/** The box of the pad on the page, after scrolling it into view. */
async function padBox(page: Page) {
  const pad = page.getByRole('img', { name: 'Draw pad' });
  await pad.scrollIntoViewIfNeeded();
  return (await pad.boundingBox())!;
}

/** The percentage of each class, as shown. */
async function probabilities(page: Page): Promise<number[]> {
  const rows = await page
    .getByRole('list', { name: 'Probability of each class' })
    .getByRole('listitem')
    .allInnerTexts();
  return rows.map((row) => Number(/([\d.]+) %/.exec(row)?.[1]));
}

/** The height and the centre of mass of the network's input image, in pixels. */
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
