import { useState } from 'react';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { show } from '../../kit/show.test-helper';
import { QUANTITIES, QUANTITY_NAMES, type QuantityName } from '../../parts/charts/quantities';
import { QuantitySwitch } from './quantity-switch';

function Switch() {
  const [value, setValue] = useState<QuantityName>('gradientNorm');
  return <QuantitySwitch value={value} onChange={setValue} />;
}

test('every quantity is a choice, and one of them is chosen', async () => {
  const screen = await show(<Switch />);
  const choices = screen.getByRole('radio');
  expect(choices.elements()).toHaveLength(QUANTITY_NAMES.length);
  const chosen = screen.getByRole('radio', { name: QUANTITIES.gradientNorm.label });
  await expect.element(chosen).toBeChecked();
  const other = screen.getByRole('radio', { name: QUANTITIES.weightNorm.label });
  await screen.getByText(QUANTITIES.weightNorm.label).click();
  await expect.element(other).toBeChecked();
  await expect.element(chosen).not.toBeChecked();
});

test('the arrow keys choose, and each choice says what it shows', async () => {
  const screen = await show(<Switch />);
  (document.activeElement as HTMLElement | null)?.blur();
  await userEvent.tab();
  await expect.element(screen.getByRole('radio', { name: QUANTITIES.gradientNorm.label })).toHaveFocus();
  await expect.element(screen.getByRole('tooltip')).toHaveTextContent(QUANTITIES.gradientNorm.help);
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(screen.getByRole('radio').nth(1)).toBeChecked();
});
