import { downloadOf, figure, heatMap, openTiny, openTrained, view } from '../parts/gradients-parts.ts';
import { closeDialog, panel } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

test('every chart gives its numbers as a table and as CSV, and itself as PNG', async ({ page }) => {
  await openTrained(page);
  const title = 'Gradient norm';
  const menu = () =>
    view(page)
      .getByRole('button', { name: `Chart options: ${title}`, exact: true })
      .click();
  await menu();
  await page.getByRole('menuitem', { name: 'Show data table' }).click();
  const table = page.getByRole('table', { name: `Data of ${title}` });
  await expect(table.getByRole('columnheader')).toHaveText([
    /^step$/,
    /^conv2d_1 \(/,
    /^maxPool2d_1 \(/,
    /^flatten_1 \(/,
    /^dense_1 \(/,
  ]);
  await expect(table).toHaveAttribute('aria-rowcount', '61');
  await closeDialog(page);

  const csv = await downloadOf(page, menu, 'Download CSV');
  expect(csv.name).toBe('gradient-norm-step-60.csv');
  const lines = csv.content.toString('utf8').split('\r\n');
  expect(lines).toHaveLength(62);
  expect(lines[0]).toMatch(/^step,conv2d_1 \(L2 norm/);
  const norms = await page.evaluate(async () => {
    await window.playground.reset();
    const { gradientNorms } = await window.playground.train({ steps: 60 });
    return [gradientNorms['conv2d_1']![41]!, gradientNorms['dense_1']![41]!];
  });
  const cells = lines[42]!.split(',').map(Number);
  expect(cells[0]).toBe(42);
  // The same seed gives the same run: the file holds what the engine measured.
  expect(cells[1]! / norms[0]!).toBeCloseTo(1, 5);
  expect(cells[4]! / norms[1]!).toBeCloseTo(1, 5);

  const png = await downloadOf(page, menu, 'Download PNG');
  expect(png.name).toBe('gradient-norm-step-60.png');
  const box = (await figure(page, title).boundingBox())!;
  const picture = await page.evaluate(pixelsOf, png.content.toString('base64'));
  expect(picture.width).toBe(2 * Math.ceil(box.width + 32));
  // The legend grows to show whole names.
  expect(picture.height).toBeGreaterThanOrEqual(2 * Math.ceil(box.height + 32) - 2);
  // Lines, axes, title and legend are ink; most of the picture is the page's own white.
  expect(picture.background).toEqual([255, 255, 255, 255]);
  expect(picture.inkInTitle).toBeGreaterThan(100);
  expect(picture.ink).toBeGreaterThan(3000);
  expect(picture.ink).toBeLessThan(0.2 * picture.width * picture.height);
});

test('the charts beside the network have their data as well', async ({ page }) => {
  await openTiny(page);
  await page.evaluate(() => window.playground.train({ steps: 20 }));
  for (const title of ['Loss', 'Accuracy', 'Gradient magnitude']) {
    const menu = () =>
      panel(page, 'Charts')
        .getByRole('button', { name: `Chart options: ${title}` })
        .click();
    const { name, content } = await downloadOf(page, menu, 'Download CSV');
    expect(name).toBe(`${title.toLowerCase().replace(' ', '-')}-step-20.csv`);
    expect(content.toString('utf8').split('\r\n').length).toBeGreaterThanOrEqual(22);
  }
});

test('says of merged steps that they are means, and over which', async ({ page }) => {
  await openTrained(page);
  await page.evaluate(() => window.playground.train({ steps: 445 }));
  await expect(heatMap(page)).toHaveAccessibleName(/steps 1 to 505, a column is the mean of up to \d+ steps/);
  await heatMap(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Home');
  await expect(figure(page, /^Heat map/).getByRole('status')).toHaveText(
    /^conv2d_1, steps 1 to \d+ \(mean of \d+ steps\): gradient norm /,
  );
  const menu = () => view(page).getByRole('button', { name: 'Chart options: Gradient norm', exact: true }).click();
  const { content } = await downloadOf(page, menu, 'Download CSV');
  const [head, first, second] = content.toString('utf8').split('\r\n');
  expect(head).toMatch(/^first step,last step,conv2d_1 \(L2 norm/);
  expect(first).toMatch(/^1,2,/);
  expect(second).toMatch(/^3,4,/);
  await menu();
  await page.getByRole('menuitem', { name: 'Show data table' }).click();
  await expect(page.getByRole('dialog')).toContainText('a row holds the mean from its first to its last step');
});

/**
 * Runs in the page. Returns the size of a PNG, its upper left pixel, and how many pixels differ
 * from that pixel, in total and in the first rows.
 */
async function pixelsOf(base64: string) {
  const image = new Image();
  image.src = `data:image/png;base64,${base64}`;
  await image.decode();
  const { width, height } = image;
  const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')!;
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const background = [...data.slice(0, 4)];
  let [ink, inkInTitle] = [0, 0];
  for (let i = 0; i < data.length; i += 4) {
    if (background.every((channel, c) => Math.abs(data[i + c]! - channel) < 24)) continue;
    ink++;
    if (i < 4 * width * 80 && (i / 4) % width < 500) inkInTitle++;
  }
  return { width, height, background, ink, inkInTitle };
}
