import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { GradientCheck } from '../../../train/wire/protocol';
import { show } from '../../kit/show.test-helper';
import { CheckTable } from './check-table';

const RESULTS: GradientCheck[] = [
  { layer: 'conv2d_1', tensor: 'input', relativeError: 2e-5, compared: 18, skipped: 0 },
  { layer: 'conv2d_1', tensor: 'weight', relativeError: 0.4, compared: 18, skipped: 0 },
  { layer: 'conv2d_1', tensor: 'bias', relativeError: 5e-3, compared: 18, skipped: 0 },
  { layer: 'maxPool2d_1', tensor: 'input', relativeError: 0, compared: 0, skipped: 18 },
];

async function showTable() {
  const onSelect = vi.fn<(layer: string) => void>();
  const screen = await show(<CheckTable results={RESULTS} onSelect={onSelect} />);
  return { screen, onSelect };
}

test('a row a layer and a column a gradient, each verdict in words', async () => {
  const { screen } = await showTable();
  const headers = screen.getByRole('columnheader').elements();
  expect(headers.map((header) => header.textContent)).toEqual(['Layer', 'dL/dx', 'dL/dW', 'dL/db']);
  const cells = screen.getByRole('row').elements()[1]?.querySelectorAll('td') ?? [];
  expect([...cells].map((cell) => cell.textContent?.replace(/\s+/g, ' '))).toEqual([
    expect.stringContaining('dL/dx agrees, relative error 2.0e-5'),
    expect.stringContaining('dL/dW wrong, relative error 0.400'),
    expect.stringContaining('dL/db doubtful, relative error 5.0e-3'),
  ]);
  const pooling = screen.getByRole('row').elements()[2]?.querySelectorAll('td') ?? [];
  expect([...pooling].map((cell) => cell.textContent)).toEqual([expect.stringContaining('not judged'), '', '']);
});

test('a cell says under the pointer what was compared', async () => {
  const { screen } = await showTable();
  await screen.getByText('18 on a kink').hover();
  await expect.element(screen.getByRole('tooltip')).toHaveTextContent('0 compared, 18 on a kink');
});

test('a layer is chosen with the pointer and by the keyboard, once each', async () => {
  const { screen, onSelect } = await showTable();
  await screen.getByRole('button', { name: 'Select conv2d_1' }).click();
  await userEvent.tab();
  await expect.element(screen.getByRole('button', { name: 'Select maxPool2d_1' })).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  expect(onSelect.mock.calls).toEqual([['conv2d_1'], ['maxPool2d_1']]);
});
