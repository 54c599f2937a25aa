import { expect, test } from 'vitest';
import { show } from '../../kit/show.test-helper';
import { NumberGrid } from './number-grid';

test('numbers stand row by row, one of them framed, and places outside of the image have none', async () => {
  const screen = await show(
    <NumberGrid caption="The window" values={[null, null, 0.5, -1, 0, 1]} columns={3} strong={4} />,
  );
  await expect.element(screen.getByRole('table', { name: 'The window' })).toBeVisible();
  const rows = screen.getByRole('row').elements();
  const cells = rows.map((row) => [...row.querySelectorAll('td')]);
  expect(cells.map((row) => row.map((cell) => cell.textContent))).toEqual([
    ['·', '·', '0.500'],
    ['−1.00', '0', '1.00'],
  ]);
  const framed = cells.flat().map((cell) => cell.hasAttribute('data-strong'));
  expect(framed).toEqual([false, false, false, false, true, false]);
});

test('the shade says sign and size: a number and its opposite differ, and none has none', async () => {
  const screen = await show(<NumberGrid caption="Weights" values={[-1, 1, 0.1, null]} columns={4} />);
  const shades = screen
    .getByRole('cell')
    .elements()
    .map((cell) => getComputedStyle(cell).backgroundColor);
  expect(new Set(shades).size).toBe(4);
  expect(shades[3]).toBe('rgba(0, 0, 0, 0)');
});
