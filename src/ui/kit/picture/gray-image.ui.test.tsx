import { expect, test } from 'vitest';
import { show } from '../show.test-helper';
import { GrayImage } from './gray-image';

/** Red, green and blue of every canvas pixel, from the upper left on. */
function colorsOf(canvas: Element): number[][] {
  if (!(canvas instanceof HTMLCanvasElement)) throw new Error('Not a canvas.');
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  return Array.from({ length: data.length / 4 }, (_, i) => [...data.slice(4 * i, 4 * i + 3)]);
}

test('one channel is grey, at one canvas pixel per number', async () => {
  const pixels = Float32Array.of(0, 0.5, 1, 0.2, 0, 0);
  const screen = await show(<GrayImage pixels={pixels} height={2} width={3} channels={1} label="A digit" />);
  const canvas = screen.getByRole('img', { name: 'A digit' });
  await expect.element(canvas).toHaveAttribute('width', '3');
  expect(colorsOf(canvas.element())).toEqual([0, 128, 255, 51, 0, 0].map((grey) => [grey, grey, grey]));
});

test('three channels are colours, and no pixels are black', async () => {
  const pixels = Float32Array.of(1, 0, 0, 0, 0.2, 1);
  const screen = await show(<GrayImage pixels={pixels} height={1} width={2} channels={3} label="A photo" />);
  const canvas = screen.getByRole('img', { name: 'A photo' });
  expect(colorsOf(canvas.element())).toEqual([
    [255, 0, 0],
    [0, 51, 255],
  ]);
  await screen.rerender(<GrayImage pixels={null} height={1} width={2} channels={3} label="A photo" />);
  expect(colorsOf(canvas.element())).toEqual([
    [0, 0, 0],
    [0, 0, 0],
  ]);
});

test('without a label it is decoration', async () => {
  const screen = await show(<GrayImage pixels={null} height={1} width={1} channels={1} />);
  await expect.element(screen.getByRole('img')).not.toBeInTheDocument();
});
