import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { ON_CPU, openReadyPage } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

const compare = (page: Page) => page.getByRole('region', { name: 'Compare', exact: true });
const kept = (page: Page) => page.getByRole('region', { name: 'Kept runs' });
const open = (page: Page) => page.getByRole('tab', { name: 'Compare' }).click();
const train = (page: Page, steps: number) => page.evaluate((count) => window.playground.train({ steps: count }), steps);
const line = (page: Page, key: 'a' | 'b') => compare(page).locator(`[data-line="${key}"] > path`).first();

test('a kept run and the next one share their axes, and the table says what differs', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await page.evaluate(() => window.playground.setModel('logistic-regression'));
  await open(page);
  await train(page, 12);
  await expect(line(page, 'a')).toHaveAttribute('d', /^M.*L/);
  await kept(page).getByRole('button', { name: 'Keep this run' }).click();
  const name = kept(page).getByRole('textbox');
  await name.fill('First try');
  await name.press('Enter');

  await page.evaluate(() => window.playground.configure({ batchSize: 64, seed: 5 }));
  await train(page, 8);
  await expect(compare(page).getByRole('combobox', { name: 'Run A' })).toHaveValue('Present run');
  await expect(compare(page).getByRole('combobox', { name: 'Run B' })).toHaveValue('First try');
  for (const key of ['a', 'b'] as const) await expect(line(page, key)).toHaveAttribute('d', /^M.*L/);
  await expect(
    compare(page).getByRole('img', { name: /^Loss over training steps\. A, Present run: \S+; B, First try: \S+/ }),
  ).toBeVisible();

  const differences = page.getByRole('region', { name: 'Differences of two runs' });
  await expect(differences.getByRole('row')).toHaveText([/A\s*B/, /Batch size\s*64\s*128/, /Seed\s*5\s*1/]);
  await expect(
    page.getByRole('region', { name: 'Results of two runs' }).getByRole('row', { name: /^Steps/ }),
  ).toHaveText(/Steps\s*8\s*12/);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download both as CSV' }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  const rows = csv.trimEnd().split('\r\n');
  expect(rows[0]).toContain('run,step,training loss (nats)');
  expect(rows.filter((row) => row.startsWith('Present run,'))).toHaveLength(8);
  expect(rows.filter((row) => row.startsWith('First try,'))).toHaveLength(12);
});

test('the same run once more, though shorter, is the same line as far as it goes', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await page.evaluate(async () => {
    await window.playground.setDataset('generated');
    await window.playground.setModel('logistic-regression');
  });
  await open(page);
  // More steps than a run has rows: each row of this run then stands for two steps, and for one in
  // the shorter run.
  await train(page, 416);
  await kept(page).getByRole('button', { name: 'Keep this run' }).click();
  await page.evaluate(() => window.playground.reset());
  await train(page, 396);
  await expect(compare(page).getByText(/the curves are the same too/)).toBeVisible();
  await expect(
    page.getByRole('region', { name: 'Results of two runs' }).getByRole('row', { name: /^Steps/ }),
  ).toHaveText(/396\s*416/);
  const placesOf = async (key: 'a' | 'b') =>
    [...(await line(page, key).getAttribute('d'))!.matchAll(/([\d.]+),([\d.]+)/g)].map(([, x, y]) => ({
      x: Number(x),
      y: Number(y),
    }));
  await expect(async () => {
    const [a, b] = [await placesOf('a'), await placesOf('b')];
    expect(a).toHaveLength(99);
    expect(b).toHaveLength(104);
    expect(a.map(({ x }) => x)).toEqual(b.slice(0, 99).map(({ x }) => x));
    // The values of a run are kept to five digits.
    a.forEach(({ y }, i) => expect(Math.abs(y - b[i]!.y)).toBeLessThan(0.2));
  }).toPass();
});

test('kept runs last over a reload and can be deleted', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await page.evaluate(() => window.playground.setModel('logistic-regression'));
  await train(page, 3);
  await open(page);
  await kept(page).getByRole('button', { name: 'Keep this run' }).click();
  await expect(kept(page).getByRole('listitem')).toHaveCount(1);
  await page.reload();
  await open(page);
  await expect(kept(page).getByRole('listitem')).toContainText('3 steps');
  await kept(page)
    .getByRole('button', { name: /^Delete / })
    .click();
  await expect(kept(page).getByRole('listitem')).toHaveCount(0);
  await expect(kept(page).getByRole('button', { name: 'Keep this run' })).toBeFocused();
});

test('what is broken in the storage is ignored', async ({ page }) => {
  await page.addInitScript(() =>
    localStorage.setItem('cnn-playground.kept-runs', '{"state":{"runs":[{"id":7}]},"version":1}'),
  );
  await openReadyPage(page, ON_CPU);
  await open(page);
  await expect(kept(page)).toContainText('0 of 8');
});

test('a long run that a reset ends is kept by itself', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await page.evaluate(() => window.playground.setModel('logistic-regression'));
  await train(page, 101);
  await page.evaluate(() => window.playground.reset());
  await open(page);
  await expect(kept(page).getByRole('listitem')).toContainText('101 steps');
  await expect(kept(page).getByRole('listitem')).toContainText('kept by itself');
  await expect(compare(page)).toContainText('The present run has not begun');
});

test('two layers stand side by side with their figures', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await page.evaluate(() => window.playground.setModel('mlp'));
  await train(page, 2);
  await open(page);
  await compare(page).getByText('Two layers', { exact: true }).click();
  const side = (name: string) => compare(page).getByRole('region', { name: new RegExp(`^Layer ${name}: `) });
  const [a, b] = [side('A'), side('B')];
  await expect(a).toContainText('784 → 128');
  await expect(b).toContainText('64 → 10');
  await compare(page).getByRole('combobox', { name: 'Layer A' }).click();
  await page.getByRole('option', { name: 'dense_2' }).click();
  await expect(a).toContainText('128 → 64');
  const figures = page.getByRole('region', { name: 'Figures of two layers' });
  await expect(figures.getByRole('row', { name: /^Gradient norm/ })).toHaveText(/Gradient norm\s*[\d.e-]+\s*[\d.e-]+/);
});
