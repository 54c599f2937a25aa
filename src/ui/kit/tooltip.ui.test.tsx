import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { framesDrawn, show } from './show.test-helper';
import { Tooltip } from './tooltip';

/** What the page hears of Esc: whether a tooltip took the key for itself. */
const pageHears = vi.fn<(event: KeyboardEvent) => void>();
const listen = (event: KeyboardEvent) => event.key === 'Escape' && pageHears(event);

beforeEach(() => document.addEventListener('keydown', listen));
afterEach(() => {
  document.removeEventListener('keydown', listen);
  pageHears.mockReset();
});

async function showButton(props: { disabled?: boolean } = {}) {
  const screen = await show(
    <>
      <button type="button">before</button>
      <Tooltip label="Trains one batch" {...props}>
        <button type="button">step</button>
      </Tooltip>
    </>,
  );
  await userEvent.unhover(screen.getByRole('button', { name: 'step' }));
  return { button: screen.getByRole('button', { name: 'step' }), tooltip: screen.getByRole('tooltip') };
}

/** From the control before: only the keyboard brings a tooltip with the focus. */
async function reachByKeyboard(): Promise<void> {
  (document.activeElement as HTMLElement | null)?.blur();
  await userEvent.tab();
  await userEvent.tab();
}

test('comes under the pointer, describes its control, and goes with it', async () => {
  const { button, tooltip } = await showButton();
  await expect.element(tooltip).not.toBeInTheDocument();
  await button.hover();
  await expect.element(tooltip).toHaveTextContent('Trains one batch');
  await expect.element(button).toHaveAccessibleDescription('Trains one batch');
  await button.unhover();
  await expect.element(tooltip).not.toBeInTheDocument();
});

test('Esc closes one under the pointer, and does what it does on the page', async () => {
  const { button, tooltip } = await showButton();
  await button.hover();
  await expect.element(tooltip).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(tooltip).not.toBeInTheDocument();
  expect(pageHears.mock.calls.map(([event]) => event.defaultPrevented)).toEqual([false]);
});

test('Esc closes one that came with the focus, and only the next one is for the page', async () => {
  const { button, tooltip } = await showButton();
  await reachByKeyboard();
  await expect.element(button).toHaveFocus();
  await expect.element(tooltip).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(tooltip).not.toBeInTheDocument();
  await expect.element(button).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  expect(pageHears.mock.calls.map(([event]) => event.defaultPrevented)).toEqual([true, false]);
});

test('does not come with a focus that a click gave', async () => {
  const { button, tooltip } = await showButton();
  await button.click();
  await button.unhover();
  await expect.element(button).toHaveFocus();
  await framesDrawn();
  await expect.element(tooltip).not.toBeInTheDocument();
});

test('one that is switched off neither comes nor takes Esc', async () => {
  const { button, tooltip } = await showButton({ disabled: true });
  await reachByKeyboard();
  await expect.element(button).toHaveFocus();
  await framesDrawn();
  await expect.element(tooltip).not.toBeInTheDocument();
  await userEvent.keyboard('{Escape}');
  expect(pageHears.mock.calls.map(([event]) => event.defaultPrevented)).toEqual([false]);
});
