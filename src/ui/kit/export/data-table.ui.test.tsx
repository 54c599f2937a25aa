import { expect, test } from 'vitest';
import { show } from '../show.test-helper';
import { DataTable } from './data-table';
import type { ChartTable } from './table';

const LONG: ChartTable = {
  columns: [{ name: 'step' }, { name: 'loss', unit: 'nats', format: (value) => value.toFixed(2) }],
  rows: Array.from({ length: 1000 }, (_, i) => [i + 1, 2 - i / 1000]),
  note: 'A row holds the mean.',
};

test('shows names with units and numbers as the page writes them', async () => {
  const screen = await show(<DataTable table={LONG} label="Loss in numbers" />);
  const headers = screen.getByRole('columnheader').elements();
  expect(headers.map((header) => header.textContent)).toEqual(['step', 'loss (nats)']);
  await expect.element(screen.getByText('A row holds the mean.')).toBeVisible();
  const first = screen.getByRole('row').elements()[1];
  expect(first?.textContent).toBe('12.00');
});

test('holds few of many rows, says how many there are, and draws those that are scrolled to', async () => {
  const screen = await show(<DataTable table={LONG} label="Loss in numbers" />);
  const table = screen.getByRole('table', { name: 'Loss in numbers' });
  await expect.element(table).toHaveAttribute('aria-rowcount', '1001');
  const rows = () => [...table.element().querySelectorAll('tbody th')].map((cell) => Number(cell.textContent));
  expect(rows().length).toBeLessThan(100);
  const scrolling = screen.getByRole('region', { name: 'Loss in numbers, scrolls' }).element();
  const height = scrolling.scrollHeight;
  scrolling.scrollTop = height;
  await expect.poll(() => rows().at(-1)).toBe(1000);
  expect(rows().length).toBeLessThan(100);
  expect(scrolling.scrollHeight).toBe(height);
});

test('a place without a number is marked, not left out', async () => {
  const table: ChartTable = { columns: [{ name: 'step' }, { name: 'loss' }], rows: [[1, null]] };
  const screen = await show(<DataTable table={table} label="Loss" />);
  const row = screen.getByRole('row').elements()[1];
  expect(row?.querySelectorAll('th, td')).toHaveLength(2);
});
