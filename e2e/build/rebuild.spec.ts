import { openReadyPage, panel, run } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

test('the network may change at any time while every part of the page looks into it', async ({ page }) => {
  await openReadyPage(page);
  await panel(page, 'Network').getByRole('button', { name: 'Inspect conv2d_1' }).click();
  await expect(panel(page, 'Inspector').getByRole('region', { name: 'Filters' })).toBeVisible();
  const refusals = await page.evaluate(async () => {
    const { playground } = window;
    const conv = {
      kind: 'conv2d',
      filters: 2,
      kernelSize: [5, 5],
      strides: [3, 3],
      padding: 'valid',
      useBias: true,
    } as const;
    const ends = [{ kind: 'flatten' }, { kind: 'dense', units: 10, useBias: true, activation: 'softmax' }] as const;
    const networks = (['relu', 'tanh'] as const).map((activation) => ({
      version: 1 as const,
      name: activation,
      input: [28, 28, 1] as const,
      layers: [{ ...conv, activation }, ...ends],
    }));
    const answers: Promise<PromiseSettledResult<unknown>[]>[] = [];
    for (let i = 0; i < 20; i++) {
      // Asks questions about the network that is about to be replaced: each is answered or refused,
      // and does no harm.
      const images = new Float32Array(28 * 28).fill(0.5);
      const asked = [playground.predict(images), playground.backward({ images, labels: Uint8Array.of(3) })];
      answers.push(Promise.allSettled([...asked, playground.getWeights(), playground.evaluate('test')]));
      await playground.setModel(networks[i % 2]!);
    }
    return (await Promise.all(answers))
      .flat()
      .map((answer) => (answer.status === 'rejected' ? String(answer.reason) : ''));
  });
  expect(refusals).toHaveLength(80);
  for (const refusal of refusals.filter(Boolean)) expect(refusal).toMatch(/the network was (replaced|changed)/);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Backend: WebGPU/ })).toBeVisible();
  expect((await page.evaluate(() => window.playground.train({ steps: 2 }))).steps).toBe(2);
  await expect(run(page).step).toHaveText('2');
});
