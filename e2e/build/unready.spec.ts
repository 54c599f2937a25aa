import {
  layer,
  layerNames,
  ON_CPU,
  openReadyPage,
  openPage,
  panel,
  run,
  stack,
  weightsOf,
} from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

test('a stack that is no whole network does not train, says why, and leads back to the former one', async ({
  page,
}) => {
  await openReadyPage(page, ON_CPU);
  await page.evaluate(() => window.playground.setModel('logistic-regression'));
  await page.evaluate(() => window.playground.train({ steps: 3 }));
  const weights = await weightsOf(page);
  const readout = page.getByLabel('Progress of the run');

  // Unfinished: grey, with what is missing as a button.
  await layer(page, 'dense_1').getByRole('button', { expanded: false }).focus();
  await page.keyboard.press('Delete');
  const last = layer(page, 'flatten_1');
  await expect(last).toContainText('Unfinished: The network ends with 784 outputs, but the data has 10 classes.');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(readout).toContainText('Unfinished');
  await expect(run(page).play).toHaveAttribute('aria-disabled', 'true');
  await run(page).play.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('flatten_1: the network ends with 784 outputs');
  expect(await run(page).steps()).toBe(3);
  await expect(page.evaluate(() => window.playground.train({ steps: 1 }))).rejects.toThrow(/ends with 784 outputs/);

  // Empty.
  await last.getByRole('button', { expanded: false }).focus();
  await page.keyboard.press('Delete');
  await expect(readout).toContainText('Empty');
  await expect(page.evaluate(() => window.playground.train({ steps: 1 }))).rejects.toThrow(/the stack is empty/);
  expect(await run(page).steps()).toBe(3);

  await expect(panel(page, 'Layer stack')).toContainText('The former network is kept, at step 3.');
  await panel(page, 'Layer stack').getByRole('button', { name: 'Back to it' }).click();
  expect(await layerNames(page)).toEqual(['flatten_1 Flatten', 'dense_1 Dense']);
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(await weightsOf(page)).toEqual(weights);
  await page.evaluate(() => window.playground.train({ steps: 1 }));
  expect(await run(page).steps()).toBe(4);
});

test('a run goes on as the former network while one edits, and can be stopped', async ({ page }) => {
  await openReadyPage(page, ON_CPU);
  await page.evaluate(() => window.playground.setModel('logistic-regression'));
  await run(page).play.click();
  await expect.poll(() => run(page).steps()).toBeGreaterThan(0);
  await layer(page, 'dense_1').getByRole('button', { expanded: false }).focus();
  await page.keyboard.press('Delete');
  await expect(page.getByLabel('Progress of the run')).toContainText('former network');
  const steps = await run(page).steps();
  await expect.poll(() => run(page).steps()).toBeGreaterThan(steps);
  await run(page).pause.click();
  await expect(page.getByLabel('Progress of the run')).toContainText('Play is off');
  await stack(page).getByRole('button', { name: 'Add Dense with 10 units' }).click();
  await expect(run(page).play).not.toHaveAttribute('aria-disabled', 'true');
});

test('a network set before the images have come keeps its own input', async ({ page }) => {
  await openPage(page, ON_CPU);
  const { shape, refusal } = await page.evaluate(async () => {
    const { layers } = await window.playground.setModel({
      input: [8, 8, 1],
      layers: [{ kind: 'flatten' }, { kind: 'dense', units: 10, activation: 'softmax' }],
    });
    const refusal = await window.playground.train({ steps: 1 }).catch((error: Error) => error.message);
    return { shape: layers[0]?.outputShape, refusal };
  });
  expect(shape).toEqual([64]);
  expect(refusal).toMatch(/takes images of 8×8×1, but those of the data are 28×28×1/);
  expect((await weightsOf(page))['dense_1']?.weight?.shape).toEqual([64, 10]);
});
