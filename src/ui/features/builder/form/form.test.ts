import { describe, expect, it } from 'vitest';
import { layerKinds } from '../../../../model/layers';
import { inspectModel } from '../../../../model/resolve';
import { createLayer, parseModelSpec } from '../../../../model/spec';
import { withFollowers } from './followers';
import { withSide } from './margins-control';
import { parseShape } from './parse-shape';
import { nearestSkipSource, skipSources } from '../../../../model/editing/skip-sources';
import { summaryOf } from '../../../kit/words/layer-summary';

describe('withFollowers', () => {
  const { fields } = layerKinds.maxPool2d;

  it('lets the strides of a pool follow its size while they are equal', () => {
    const values = createLayer('maxPool2d') as unknown as Record<string, unknown>;
    expect(withFollowers(fields, values, { poolSize: [3, 3] })).toEqual({ poolSize: [3, 3], strides: [3, 3] });
  });

  it('leaves strides alone that were chosen', () => {
    const values = createLayer('maxPool2d', { strides: [1, 1] }) as unknown as Record<string, unknown>;
    expect(withFollowers(fields, values, { poolSize: [3, 3] })).toEqual({ poolSize: [3, 3] });
  });
});

describe('summaryOf', () => {
  it('names the main parameters always and the others where they differ from the default', () => {
    expect(summaryOf(createLayer('conv2d', { filters: 16, activation: 'relu' }))).toBe('16 · 3×3 · relu');
    expect(
      summaryOf(createLayer('conv2d', { kernelSize: [5, 3], strides: [2, 1], padding: 'same', useBias: false })),
    ).toBe('8 · 5×3 · strides 2×1 · same · no bias');
    expect(summaryOf(createLayer('maxPool2d'))).toBe('2×2');
    expect(summaryOf(createLayer('maxPool2d', { strides: [1, 1] }))).toBe('2×2 · strides 1×1');
    expect(summaryOf(createLayer('flatten'))).toBe('');
    expect(summaryOf(createLayer('dense', { units: 10, activation: 'softmax' }))).toBe('10 · softmax');
    expect(summaryOf(createLayer('add', { from: 'conv2d_1' }))).toBe('from conv2d_1');
    expect(summaryOf(createLayer('add'))).toBe('');
  });

  it('names a share, and a number that stands alone', () => {
    expect(summaryOf(createLayer('dropout'))).toBe('rate 0.5');
    expect(summaryOf(createLayer('batchNormalization', { center: false }))).toBe('momentum 0.99 · no center');
    expect(summaryOf(createLayer('dense', { units: 10 }))).toBe('units 10');
  });

  it('leaves out what has no meaning beside the other values', () => {
    const constant = { units: 10, kernelConstant: 2 };
    expect(summaryOf(createLayer('dense', constant))).toBe('units 10');
    expect(summaryOf(createLayer('dense', { ...constant, kernelInitializer: 'constant' }))).toBe(
      '10 · constant · constant 2',
    );
  });
});

describe('parseShape', () => {
  const field = { min: 1, max: 4096 };

  it('reads shapes as people write them', () => {
    for (const text of ['7×7×32', '7x7x32', '7, 7, 32', '[7 7 32]', '(7,7,32)'])
      expect(parseShape(text, field)).toEqual([7, 7, 32]);
    expect(parseShape('1568', field)).toEqual([1568]);
  });

  it('says in words what is expected', () => {
    for (const text of ['', 'a', '7.5', '1×2×3×4'])
      expect(parseShape(text, field)).toContain('One to three whole numbers');
    expect(parseShape('7×0', field)).toBe('Numbers from 1 to 4,096.');
  });
});

describe('withSide', () => {
  it('changes one side of the margins', () => {
    const margins = [
      [1, 2],
      [3, 4],
    ] as const;
    expect(withSide(margins, 0, 1, 9)).toEqual([
      [1, 9],
      [3, 4],
    ]);
    expect(withSide(margins, 1, 0, 9)).toEqual([
      [1, 2],
      [9, 4],
    ]);
  });
});

describe('skipSources', () => {
  const conv = { kind: 'conv2d', filters: 4, padding: 'same' };
  const reportsOf = (layers: object[]) => inspectModel(parseModelSpec({ input: [8, 8, 1], layers }));

  it('tells of the earlier layers which have the shape of the input', () => {
    const reports = reportsOf([conv, conv, { kind: 'maxPool2d' }, conv, conv, { kind: 'add' }, { kind: 'flatten' }]);
    const fitting = skipSources(reports, 5).filter(({ fits }) => fits);
    expect(fitting.map(({ id }) => id)).toEqual(['maxPool2d_1', 'conv2d_3', 'conv2d_4']);
    expect(fitting.map(({ direct }) => direct)).toEqual([false, false, true]);
    expect(nearestSkipSource(reports, 5)).toBe('conv2d_3');
  });

  it('names none for the first layer, and none where a shape is not known', () => {
    const reports = reportsOf([{ kind: 'dense' }, conv, { kind: 'add' }]);
    expect(skipSources(reports, 0)).toEqual([]);
    expect(skipSources(reports, 2)).toEqual([]);
    expect(nearestSkipSource(reports, 2)).toBe('');
  });
});
