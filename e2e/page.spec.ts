import { layerNames, openPage, run } from './page-parts.ts';
import { expect, test } from './page-test.ts';

test('opens with a network stacked, ready to play, and plays', async ({ page }) => {
  await openPage(page);
  await expect(page.getByRole('main')).toBeVisible();
  expect(await layerNames(page)).toEqual([
    'conv2d_1 Conv2D',
    'maxPool2d_1 MaxPool2D',
    'conv2d_2 Conv2D',
    'maxPool2d_2 MaxPool2D',
    'conv2d_3 Conv2D',
    'maxPool2d_3 MaxPool2D',
    'flatten_1 Flatten',
    'dense_1 Dense',
  ]);
  // Pressed at once, before images and backend are there: it starts by itself when they are.
  await run(page).play.click();
  await expect(run(page).pause).toBeVisible();
  await expect.poll(() => run(page).steps()).toBeGreaterThan(0);
  await expect(page.getByRole('button', { name: /^Backend: WebGPU/ })).toBeVisible();
});

test('says which data it uses and where it comes from', async ({ page }) => {
  await openPage(page);
  const badge = page.getByRole('button', { name: /^Data: (MNIST|Generated digits)$/ });
  await badge.click();
  await expect(page.getByRole('dialog')).toContainText(/to train on, [\d,]+ to validate, [\d,]+ to test/);
});

test('carries a content security policy that keeps requests on the page', async ({ page, watch }) => {
  watch.provoked = /Content Security Policy/;
  await openPage(page);
  const refused = await page.evaluate(async () => {
    const violation = new Promise<string>((resolve) =>
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true }),
    );
    await fetch('https://example.com/').catch(() => undefined);
    return violation;
  });
  expect(refused).toBe('connect-src');
});

test('binds its worker by the same policy', async ({ page, watch }) => {
  watch.provoked = /Content Security Policy/;
  await openPage(page);
  await expect.poll(() => page.workers().length).toBe(1);
  const refused = await page.workers()[0]!.evaluate(async () => {
    const violation = new Promise<string>((resolve) =>
      self.addEventListener('securitypolicyviolation', (event) => resolve((event as SecurityPolicyViolationEvent).effectiveDirective)),
    );
    const answer = fetch('https://example.com/').then(
      () => 'answered',
      // A refusal by the policy is told by the event, which may come a moment later.
      () => new Promise<string>(() => undefined),
    );
    return Promise.race([violation, answer]);
  });
  expect(refused).toBe('connect-src');
});
