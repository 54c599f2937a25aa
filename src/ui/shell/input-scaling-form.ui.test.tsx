import { beforeEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Playground } from '../client/playground-client';
import { PlaygroundContext } from '../client/use-playground';
import { show } from '../kit/show.test-helper';
import { useModelStore } from '../stores/model/model-store';
import { useRunStore } from '../stores/run-store';
import { InputScalingForm } from './input-scaling-form';

const model = () => useModelStore.getState();
const COLOURS = { height: 8, width: 8, channels: 3, classes: 10 };
const MEASURED = { mean: [0.5, 0.4, 0.3], std: [0.2, 0.3, 0.4] };

beforeEach(() => {
  useModelStore.setState(useModelStore.getInitialState(), true);
  model().fitDataset(COLOURS);
  useRunStore.setState({ dataset: { ...COLOURS } as never });
});

function form() {
  const ask = vi.fn(async () => MEASURED);
  const playground = { ask, showProblem: vi.fn() } as unknown as Playground;
  return show(
    <PlaygroundContext value={playground}>
      <InputScalingForm />
    </PlaygroundContext>,
  );
}

test('a choice scales the input of the network, with a line that says what it does', async () => {
  const screen = await form();
  await expect.element(screen.getByRole('radio', { name: '0..1' })).toBeChecked();
  await userEvent.click(screen.getByText('0..255', { exact: true }));
  expect(model().inputScaling).toBe('bytes');
  await expect.element(screen.getByRole('region', { name: 'Input scaling' })).toHaveTextContent('Bytes as they are');
  await userEvent.click(screen.getByText('0..1', { exact: true }));
  expect(model().inputScaling).toBeUndefined();
});

test('mean and deviation have a field for each channel, and come from the data at a click', async () => {
  const screen = await form();
  await userEvent.click(screen.getByText('Mean, std', { exact: true }));
  expect(model().inputScaling).toEqual({ mean: [0, 0, 0], std: [1, 1, 1] });
  await userEvent.click(screen.getByRole('button', { name: 'From the data' }));
  await expect.element(screen.getByRole('textbox', { name: 'Std, channel 2' })).toHaveValue('0.4');
  expect(model().inputScaling).toEqual(MEASURED);
  await userEvent.fill(screen.getByRole('textbox', { name: 'Mean, channel 1' }), '0.45');
  await userEvent.keyboard('{Enter}');
  expect(model().inputScaling).toEqual({ ...MEASURED, mean: [0.5, 0.45, 0.3] });
});

test('a deviation of 0 is not taken, and the field says what is expected', async () => {
  const screen = await form();
  await userEvent.click(screen.getByText('Mean, std', { exact: true }));
  await userEvent.fill(screen.getByRole('textbox', { name: 'Std, channel 0' }), '0');
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByRole('alert')).toBeVisible();
  expect(model().inputScaling).toEqual({ mean: [0, 0, 0], std: [1, 1, 1] });
});
