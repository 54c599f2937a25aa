import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { show } from '../show.test-helper';
import { NumberBox } from './number-box';

/** A box that keeps its new value, as a form does, and reports it to `onChange`. */
async function showBox(props: { value: number; min: number; max: number; integer?: boolean }) {
  const onChange = vi.fn<(value: number) => void>();
  function Kept() {
    const [value, setValue] = useState(props.value);
    return (
      <NumberBox
        {...props}
        label="Filters"
        value={value}
        onChange={(next) => {
          onChange(next);
          setValue(next);
        }}
      />
    );
  }
  const screen = await show(<Kept />);
  return { screen, onChange, box: screen.getByRole('textbox', { name: 'Filters' }) };
}

test('takes what was typed on Enter, once, and not half-typed', async () => {
  const { box, onChange } = await showBox({ value: 16, min: 1, max: 512, integer: true });
  await box.fill('3');
  await box.fill('32');
  expect(onChange).not.toHaveBeenCalled();
  await userEvent.keyboard('{Enter}{Enter}');
  await expect.element(box).toHaveValue('32');
  expect(onChange.mock.calls).toEqual([[32]]);
});

test('takes what was typed when the focus leaves it, and nothing where that is the same number', async () => {
  const { box, onChange } = await showBox({ value: 0.003, min: 0, max: 1 });
  await box.fill('3e-3');
  await userEvent.tab();
  await expect.element(box).toHaveValue('0.003');
  expect(onChange).not.toHaveBeenCalled();
  await box.fill('1e-4');
  await userEvent.tab();
  await expect.element(box).toHaveValue('0.0001');
  expect(onChange.mock.calls).toEqual([[1e-4]]);
});

test('says what is expected of a number out of range, and keeps the old one', async () => {
  const { screen, box, onChange } = await showBox({ value: 16, min: 1, max: 512, integer: true });
  await box.fill('1000');
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByRole('alert')).toHaveTextContent('From 1 to 512. Still 16.');
  await expect.element(box).toHaveValue('1000');
  await userEvent.keyboard('{Escape}');
  await expect.element(box).toHaveValue('16');
  await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
  expect(onChange).not.toHaveBeenCalled();
});

test('keeps Escape from the dialog around it only while something is being typed', async () => {
  const { box } = await showBox({ value: 16, min: 1, max: 512, integer: true });
  const heard = vi.fn();
  document.addEventListener('keydown', heard);
  try {
    await box.fill('3');
    await userEvent.keyboard('{Escape}');
    expect(heard).not.toHaveBeenCalled();
    await userEvent.keyboard('{Escape}');
    expect(heard).toHaveBeenCalledOnce();
  } finally {
    document.removeEventListener('keydown', heard);
  }
});

test('steps with the arrow keys, ten times as far with Shift, and by its buttons, up to its limits', async () => {
  const { screen, box } = await showBox({ value: 16, min: 1, max: 28, integer: true });
  await box.click();
  await userEvent.keyboard('{ArrowUp}');
  await expect.element(box).toHaveValue('17');
  await userEvent.keyboard('{Shift>}{ArrowUp}{/Shift}');
  await expect.element(box).toHaveValue('27');
  const increase = screen.getByRole('button', { name: 'Increase Filters' });
  await increase.click();
  await expect.element(box).toHaveValue('28');
  await expect.element(increase).toBeDisabled();
  await expect.element(box).toHaveFocus();
  await screen.getByRole('button', { name: 'Decrease Filters' }).click();
  await expect.element(box).toHaveValue('27');
});

test('takes what was typed when it is taken away', async () => {
  const { screen, box, onChange } = await showBox({ value: 16, min: 1, max: 512, integer: true });
  await box.fill('64');
  await screen.unmount();
  expect(onChange.mock.calls).toEqual([[64]]);
});
