import { expect, it } from 'vitest';
import { layerLines } from './layer-lines';

const network = ['conv2d_1', 'maxPool2d_1', 'conv2d_2', 'maxPool2d_2', 'conv2d_3', 'flatten_1', 'dense_1'];
const trained = new Set(['conv2d_1', 'conv2d_2', 'conv2d_3', 'dense_1']);
const linesOf = (ids: string[]) => layerLines(ids, network, trained, 'light');

it('draws a layer alike whichever other layers a chart shows', () => {
  const all = linesOf(network);
  for (const ids of [[...trained], ['maxPool2d_2'], ['flatten_1', 'dense_1']]) {
    expect(linesOf(ids)).toEqual(ids.map((id) => all[network.indexOf(id)]));
  }
});

it.each([['all layers', network] as const, ['the trained ones', [...trained]] as const])(
  'tells neighbours apart by colour and by dash: %s',
  (_, ids) => {
    linesOf([...ids]).forEach(({ color, dash }, i, lines) => {
      if (i === 0) return;
      expect(color).not.toBe(lines[i - 1]!.color);
      expect(dash).not.toBe(lines[i - 1]!.dash);
    });
  },
);

it('has lines also for layers of a network that is not known yet', () => {
  const lines = layerLines(['dense_1', 'dense_2'], [], new Set(['dense_1', 'dense_2']), 'dark');
  expect(new Set(lines.map(({ color }) => color)).size).toBe(2);
  expect(layerLines([], network, trained, 'light')).toEqual([]);
});
