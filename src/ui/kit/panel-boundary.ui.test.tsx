import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PanelBoundary } from './panel-boundary';
import { show } from './show.test-helper';

// React says on the console what a boundary caught.
beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

test('a panel that fails says so and can be shown again; its neighbour stays', async () => {
  let broken = true;
  function Panel() {
    if (broken) throw new Error('No context for the canvas.');
    return <p>eleven curves</p>;
  }
  const screen = await show(
    <>
      <PanelBoundary name="Charts">
        <Panel />
      </PanelBoundary>
      <PanelBoundary name="Network">
        <p>three layers</p>
      </PanelBoundary>
    </>,
  );
  const failure = screen.getByRole('alert', { name: 'Charts failed' });
  await expect.element(failure).toHaveTextContent('Charts could not be shown.');
  await expect
    .element(failure)
    .toHaveTextContent('No context for the canvas. The rest of the page, and training, go on.');
  await expect.element(screen.getByText('three layers')).toBeVisible();

  const again = screen.getByRole('button', { name: 'Show it again' });
  await again.click();
  await expect.element(failure).toBeVisible();
  broken = false;
  await again.click();
  await expect.element(screen.getByText('eleven curves')).toBeVisible();
  await expect.element(failure).not.toBeInTheDocument();
});
