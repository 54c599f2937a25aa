import { hasMnist, NO_MNIST, openPage, openReadyPage, run, weightsLine } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

test.use({ mnist: true });

const PRETRAINED = /^Pre-trained on MNIST: 9\d\.\d % on the test images$/;

test('opens with weights that know the digits; training from scratch is one click', async ({ page }) => {
  test.skip(!hasMnist, NO_MNIST);
  await openReadyPage(page);
  await expect(weightsLine(page)).toHaveText(PRETRAINED);
  await expect(run(page).step).toHaveText('0');
  const { accuracy, first } = await page.evaluate(async () => {
    const { accuracy } = await window.playground.evaluate('test');
    return { accuracy, first: await window.playground.getWeights() };
  });
  const shownAccuracy = Number(/([\d.]+) %/.exec(await weightsLine(page).innerText())![1]);
  expect(100 * accuracy).toBeGreaterThan(98);
  expect(Math.abs(100 * accuracy - shownAccuracy)).toBeLessThan(0.1);

  await page.getByRole('button', { name: 'Train from scratch' }).click();
  await expect(weightsLine(page)).toHaveText('Fresh weights, seed 1');
  await expect(page.getByRole('button', { name: 'Train from scratch' })).toHaveCount(0);
  await expect(run(page).reset).toBeDisabled();
  const fresh = await page.evaluate(() => window.playground.getWeights());
  expect(fresh).not.toEqual(first);
  const loss = await page.evaluate(async () => (await window.playground.train({ steps: 1 })).loss[0]);
  expect(loss).toBeGreaterThan(1.5);
});

test('training goes on from them, until the network or its settings are set anew', async ({ page }) => {
  await openReadyPage(page);
  const { loss } = await page.evaluate(() => window.playground.train({ steps: 2 }));
  if (hasMnist) expect(loss[0]).toBeLessThan(0.6);
  await expect(weightsLine(page)).toHaveText('Training continues from the pre-trained weights');
  await page.evaluate(() => window.playground.setModel('flux-conv-mnist'));
  await expect(weightsLine(page)).toHaveText('Fresh weights, seed 1');
  await expect(run(page).step).toHaveText('0');
  expect((await page.evaluate(() => window.playground.train({ steps: 1 }))).loss[0]).toBeGreaterThan(1.5);

  await page.getByRole('button', { name: 'File', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Pre-trained network/ }).click();
  await expect(weightsLine(page)).toHaveText(PRETRAINED);
  await page.evaluate(() => window.playground.configure({ batchSize: 32 }));
  await expect(weightsLine(page)).toHaveText('Fresh weights, seed 1');
});

test('opens with fresh weights where the file is missing or damaged', async ({ page, watch }) => {
  watch.provoked = /Failed to load resource/;
  const answers = [{ status: 404 }, { body: '{"version":1}' }, { body: 'no json' }];
  for (const answer of answers) {
    await page.route('**/pretrained.json', (route) => route.fulfill(answer));
    await openPage(page);
    await expect(weightsLine(page)).toHaveText('Fresh weights, seed 1');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await page.unroute('**/pretrained.json');
    await page.evaluate(() => localStorage.clear());
  }
});
