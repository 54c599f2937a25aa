import { openPage } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';
import { openTiny } from '../parts/tiny.ts';

test('`?backend=cpu` trains on the CPU reference, with the same numbers', async ({ page }) => {
  const losses: number[][] = [];
  for (const [query, backend] of [
    ['?backend=cpu', 'cpu'],
    ['?backend=webgpu', 'webgpu'],
  ]) {
    await openTiny(page, query);
    const { ready, loss } = await page.evaluate(async () => {
      window.playground.configure({ batchSize: 12, optimizer: { kind: 'sgd', learningRate: 0.1 } });
      return { ready: await window.playground.ready, loss: (await window.playground.train({ steps: 6 })).loss };
    });
    expect(ready.backend).toBe(backend);
    losses.push(loss);
  }
  const [cpu, gpu] = losses;
  expect(cpu).toHaveLength(6);
  cpu!.forEach((loss, step) => expect(loss).toBeCloseTo(gpu![step]!, 4));
});

test('the badge says that the CPU was asked for', async ({ page }) => {
  await openPage(page, '?backend=cpu');
  await page.getByRole('button', { name: /^Backend: CPU reference/ }).click();
  await expect(page.getByRole('dialog')).toContainText('Training runs on the CPU, as asked for');
});
