import { useState } from 'react';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Dialog } from './dialog';
import { show } from './show.test-helper';

async function showOpener() {
  function Opener() {
    const [opened, setOpened] = useState(false);
    return (
      <>
        <button type="button" onClick={() => setOpened(true)}>
          open
        </button>
        <Dialog title="Networks to start from" opened={opened} onClose={() => setOpened(false)}>
          <input aria-label="Filter" />
        </Dialog>
      </>
    );
  }
  const screen = await show(<Opener />);
  const opener = screen.getByRole('button', { name: 'open' });
  await opener.click();
  return { screen, opener, dialog: screen.getByRole('dialog', { name: 'Networks to start from' }) };
}

test('is named by its title, takes the focus, and keeps it', async () => {
  const { screen, dialog } = await showOpener();
  await expect.element(dialog).toBeVisible();
  const inside = () => dialog.element().contains(document.activeElement);
  await expect.poll(inside).toBe(true);
  for (let press = 0; press < 4; press++) {
    await userEvent.tab();
    expect(inside()).toBe(true);
  }
  await expect.element(screen.getByRole('textbox', { name: 'Filter' })).toBeVisible();
});

test('closes with Esc and with its button, and gives the focus back', async () => {
  const { screen, opener, dialog } = await showOpener();
  await expect.poll(() => dialog.element().contains(document.activeElement)).toBe(true);
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.element(opener).toHaveFocus();
  await opener.click();
  await screen.getByRole('button', { name: 'Close' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
});
