import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { show } from '../show.test-helper';
import { SelectWithHelp } from './select-with-help';

test('says what the choice does, makes room for the list, and reports what was chosen', async () => {
  const onChange = vi.fn<(value: string | null) => void>();
  const screen = await show(
    <SelectWithHelp
      aria-label="Activation"
      help="What each number goes through"
      data={['linear', 'relu', 'tanh']}
      defaultValue="linear"
      onChange={(value) => onChange(value)}
    />,
  );
  const select = screen.getByRole('combobox', { name: 'Activation' });
  const tooltip = screen.getByRole('tooltip');
  (document.activeElement as HTMLElement | null)?.blur();
  await userEvent.tab();
  await expect.element(select).toHaveFocus();
  await expect.element(tooltip).toHaveTextContent('What each number goes through');
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(screen.getByRole('option', { name: 'tanh' })).toBeVisible();
  await expect.element(tooltip).not.toBeInTheDocument();
  await screen.getByRole('option', { name: 'tanh' }).click();
  await expect.element(select).toHaveValue('tanh');
  expect(onChange.mock.calls).toEqual([['tanh']]);
});
