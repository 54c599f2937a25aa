import { expect, it } from 'vitest';
import { fileName, shownAs, stepColumns, toCsv } from './table';

it('writes RFC 4180: CRLF after every line, quotes where they are needed, doubled inside', () => {
  const columns = [{ name: 'step' }, { name: 'loss', unit: 'nats' }, { name: 'a "b", c' }];
  const rows = [
    [1, 0.1 + 0.2, 'x\ny'],
    [2, NaN, null],
    [3, -Infinity, 'plain'],
  ];
  expect(toCsv({ columns, rows })).toBe(
    'step,loss (nats),"a ""b"", c"\r\n1,0.30000000000000004,"x\ny"\r\n2,NaN,\r\n3,-Infinity,plain\r\n',
  );
});

it('keeps every digit', () => {
  const rows = [[Math.fround(1.2345678e-20)]];
  const [, number] = toCsv({ columns: [{ name: 'norm' }], rows }).split('\r\n');
  expect(Number(number)).toBe(rows[0]![0]);
});

it('shows a number as the chart does and an absent one as a dash', () => {
  const column = { name: 'share', format: (value: number) => `${100 * value} %` };
  expect([shownAs(0.5, column), shownAs(null, column), shownAs('weight', column)]).toEqual(['50 %', '–', 'weight']);
});

it('says of merged rows which steps they stand for', () => {
  const single = stepColumns([
    { first: 1, last: 1 },
    { first: 2, last: 2 },
  ]);
  expect(single).toEqual({ columns: [{ name: 'step' }], cells: [[1], [2]] });
  const { columns, cells, note } = stepColumns([
    { first: 85, last: 86 },
    { first: 87, last: 87 },
  ]);
  expect(toCsv({ columns, rows: cells })).toBe('first step,last step\r\n85,86\r\n87,87\r\n');
  expect(note).toContain('mean from its first to its last step');
});

it('names files after chart and step', () => {
  expect(fileName('Gradient magnitude', 1240, 'csv')).toBe('gradient-magnitude-step-1240.csv');
  expect(fileName('Weights of conv2d_1 (∂L/∂W)', 3, 'png')).toBe('weights-of-conv2d-1-l-w-step-3.png');
});
