import { expect, openPage, test } from './page-test.ts';

test('opens without an error and without a request for a strange host', async ({ page, watch }) => {
  await openPage(page);
  await expect(page.getByRole('main')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(watch.problems).toEqual([]);
  expect(watch.strangers).toEqual([]);
});

test('carries a content security policy that keeps requests on the page', async ({ page, watch }) => {
  await openPage(page);
  const refused = await page.evaluate(async () => {
    const violation = new Promise<string>((resolve) =>
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true }),
    );
    await fetch('https://example.com/').catch(() => undefined);
    return violation;
  });
  expect(refused).toBe('connect-src');
  expect(watch.strangers).toEqual([]);
});

test('binds its worker by the same policy', async ({ page, watch }) => {
  await openPage(page);
  await expect.poll(() => page.workers().length).toBe(1);
  const refused = await page.workers()[0]!.evaluate(async () => {
    const violation = new Promise<string>((resolve) =>
      self.addEventListener('securitypolicyviolation', (event) => resolve((event as SecurityPolicyViolationEvent).effectiveDirective)),
    );
    const refusal = fetch('https://example.com/').then(
      () => 'answered',
      () => new Promise<string>((resolve) => setTimeout(resolve, 2_000, 'failed, but not by the policy')),
    );
    return Promise.race([violation, refusal]);
  });
  expect(refused).toBe('connect-src');
  expect(watch.strangers).toEqual([]);
});
