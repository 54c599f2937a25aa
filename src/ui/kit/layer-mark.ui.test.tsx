import { expect, test } from 'vitest';
import { LayerMark } from './layer-mark';
import { show } from './show.test-helper';

/** The drawing and the colour of a mark. */
function lookOf(mark: Element) {
  return { drawing: mark.innerHTML, color: getComputedStyle(mark).color };
}

test('every family of layers differs by its sign and by its hue, and no mark is read out', async () => {
  const kinds = ['conv2d', 'maxPool2d', 'dense', 'activation', 'dropout', 'flatten'] as const;
  const screen = await show(kinds.map((kind) => <LayerMark key={kind} kind={kind} />));
  const marks = [...screen.container.querySelectorAll('[aria-hidden="true"]:not(svg)')];
  const looks = marks.map(lookOf);
  expect(looks).toHaveLength(kinds.length);
  expect(new Set(looks.map(({ drawing }) => drawing)).size).toBe(kinds.length);
  expect(new Set(looks.map(({ color }) => color)).size).toBe(kinds.length);
});

test('kinds of one family share its hue', async () => {
  const screen = await show([
    <LayerMark key="conv2d" kind="conv2d" size={32} />,
    <LayerMark key="depthwise" kind="depthwiseConv2d" size={32} />,
  ]);
  const marks = [...screen.container.querySelectorAll('[aria-hidden="true"]:not(svg)')];
  const [first, second] = marks.map(lookOf);
  expect(first?.color).toBe(second?.color);
  expect(marks.map((mark) => mark.getBoundingClientRect().width)).toEqual([32, 32]);
});
