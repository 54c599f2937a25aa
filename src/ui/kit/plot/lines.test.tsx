import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { decadeAxis, shareAxis, stepAxis } from './axes';
import { Lines } from './lines';
import { plotScale, type PlotScale } from './plot-scale';

const size = { width: 264, height: 130 };

/** The path of a line through the values, and the places of its dots. */
function drawn(values: readonly (number | null)[], scale: PlotScale, sparse = false) {
  const points = values.map((line, index) => ({ step: index + 1, index, line }));
  const lines = [{ key: 'line', color: 'red', sparse }];
  const markup = renderToStaticMarkup(<Lines {...{ points, lines, scale }} active={null} />);
  const dots = [...markup.matchAll(/cx="([^"]*)" cy="([^"]*)"/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
  const paths = [...markup.matchAll(/ d="([^"]*)"/g)].map(([, d]) => d);
  return { d: paths[0] ?? '', gaps: paths.slice(1), dots };
}

// When the quantity is switched, values of one kind may briefly meet the axis of another.
it.each([
  ['means below zero on decades', [-0.2, 0.3, -0.1, 0], 'log', decadeAxis([0.01, 1])],
  ['dead units of zero on decades', [0, 0, 0], 'log', decadeAxis([1e-4, 1])],
  ['exploding norms on shares', [1e300, Infinity, NaN], 'linear', shareAxis()],
] as const)('never holds NaN: %s', (_, values, kind, axis) => {
  const { d } = drawn(values, plotScale(size, stepAxis([1, 2, 3, 4]), axis, kind));
  expect(d).not.toMatch(/NaN|Infinity|undefined/);
  expect(d).toMatch(/^(M[-\d.]+,[-\d.]+(L[-\d.]+,[-\d.]+)*Z?)*$/);
});

it('breaks at a gap, and joins across it where values are sparse', () => {
  const scale = plotScale(size, stepAxis([1, 2, 3, 4, 5]), shareAxis(), 'linear');
  const values = [0, 1, null, 0.5, null];
  // A segment of one point is closed and has no length, so it is drawn as a dot.
  expect(drawn(values, scale)).toEqual({ d: 'M46,108L96,8M196,58Z', gaps: [], dots: [{ x: 196, y: 58 }] });
  // 50 and 100 pixels apart, too far to look like a measured line.
  expect(drawn(values, scale, true)).toEqual({
    d: 'M46,108ZM96,8ZM196,58Z',
    gaps: ['M46,108L96,8M96,8L196,58'],
    dots: [
      { x: 46, y: 108 },
      { x: 96, y: 8 },
      { x: 196, y: 58 },
    ],
  });
});

it('shows a single step as a dot in the middle of the plot', () => {
  const scale = plotScale(size, stepAxis([1]), shareAxis(), 'linear');
  expect(drawn([0.25], scale).dots).toEqual([{ x: 146, y: 83 }]);
});

it('draws neighbouring sparse values as a line, and only the distant ones as a gap', () => {
  const steps = Array.from({ length: 11 }, (_, i) => i + 1);
  const scale = plotScale(size, stepAxis(steps), shareAxis(), 'linear');
  const values = [0, null, 0, null, null, null, null, 0.5, 0.5, null, null];
  expect(drawn(values, scale, true)).toMatchObject({
    d: 'M46,108L86,108M186,58L206,58',
    gaps: ['M86,108L186,58'],
  });
});
