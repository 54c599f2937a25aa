import { describe, expect, it } from 'vitest';
import { editedLayers } from './edits';
import { smallestLayers } from './repair-candidates';
import { repairsFor } from './repairs';
import { inspectModel, isSound } from '../resolve';
import { parseModelSpec } from '../spec';

const CLASSES = 10;
const conv = { kind: 'conv2d', filters: 4 };
const same = { ...conv, padding: 'same' };
const pool = { kind: 'maxPool2d' };
const flatten = { kind: 'flatten' };
const dense = (units: number, activation = 'relu') => ({ kind: 'dense', units, activation });
const output = dense(CLASSES, 'softmax');
const END = [flatten, output];

const network = (layers: object[]) => parseModelSpec({ input: [28, 28, 1], layers });
const faulty = (layers: object[]) =>
  inspectModel(network(layers), CLASSES).findIndex(({ problem, unfinished }) => problem ?? unfinished);
const repairs = (layers: object[], index = faulty(layers)) => repairsFor(network(layers), index, CLASSES);

/**
 * Broken stacks, the repairs offered for their first problem, and the kinds of the layers after the
 * first repair.
 */
const BROKEN: [name: string, layers: object[], labels: string[], kinds: string][] = [
  ['dense on an image', [conv, output], ['Insert Flatten'], 'conv2d flatten dense'],
  ['dense on an image, in the middle', [dense(32), output], ['Insert Flatten'], 'flatten dense dense'],
  ['convolution after Flatten', [flatten, conv, output], ['Move before flatten_1'], 'conv2d flatten dense'],
  [
    'convolution on a vector that makes a square image',
    [flatten, dense(64), conv, ...END],
    ['Move before flatten_1', 'Insert Reshape to 8×8×1'],
    'conv2d flatten dense flatten dense',
  ],
  ['convolution after the output', [...END, conv], ['Move conv2d_1 before flatten_1'], 'conv2d flatten dense'],
  [
    'pooling on a vector that makes no square image',
    [{ kind: 'globalAveragePooling2d' }, pool, output],
    ['Remove maxPool2d_1'],
    'globalAveragePooling2d dense',
  ],
  [
    'kernel larger than the image',
    [pool, pool, pool, { ...conv, kernelSize: [5, 5] }, ...END],
    ['Set padding to "same"', 'Make the kernel 3×3'],
    'maxPool2d maxPool2d maxPool2d conv2d flatten dense',
  ],
  [
    'pool larger than the image',
    [{ kind: 'averagePooling2d', poolSize: [40, 2], strides: [2, 2] }, ...END],
    ['Set padding to "same"', 'Make the pool 28×2'],
    'averagePooling2d flatten dense',
  ],
  [
    'strides and dilation',
    [{ ...conv, strides: [2, 2], dilationRate: [2, 2] }, ...END],
    ['Set dilation to 1×1', 'Set strides to 1×1'],
    'conv2d flatten dense',
  ],
  [
    'uneven strides of a depthwise convolution',
    [{ kind: 'depthwiseConv2d', strides: [1, 2] }, ...END],
    ['Set strides to 2×2', 'Set strides to 1×1'],
    'depthwiseConv2d flatten dense',
  ],
  [
    'softmax in a hidden layer',
    [flatten, dense(32, 'softmax'), output],
    ['Set activation to relu'],
    'flatten dense dense',
  ],
  ['softmax output before the last layer', [...END, dense(32)], ['Move to the end'], 'flatten dense dense'],
  [
    'softmax layer in the middle',
    [{ kind: 'activation', activation: 'softmax' }, ...END],
    ['Set activation to relu'],
    'activation flatten dense',
  ],
  ['more or fewer units than classes', [flatten, dense(7, 'softmax')], ['Set units to 10'], 'flatten dense'],
  [
    'a hidden layer at the end',
    [flatten, dense(32)],
    ['Add Dense with 10 units', 'Set units to 10'],
    'flatten dense dense',
  ],
  ['an image at the end', [same, pool], ['Add Flatten and Dense with 10 units'], 'conv2d maxPool2d flatten dense'],
  ['a vector at the end', [same, flatten], ['Add Dense with 10 units'], 'conv2d flatten dense'],
  [
    'softmax after the wrong number of units',
    [flatten, dense(7, 'linear'), { kind: 'activation', activation: 'softmax' }],
    ['Set units of dense_1 to 10'],
    'flatten dense activation',
  ],
  ['no layer chosen', [same, same, { kind: 'add' }, ...END], ['Take conv2d_1'], 'conv2d conv2d add flatten dense'],
  [
    'a layer of another shape to add',
    [same, same, pool, same, { kind: 'add', from: 'conv2d_1' }, ...END],
    ['Take maxPool2d_1'],
    'conv2d conv2d maxPool2d conv2d add flatten dense',
  ],
  [
    'a removed layer to add',
    [same, same, { kind: 'add', from: 'conv2d_1 (removed)' }, ...END],
    ['Take conv2d_1'],
    'conv2d conv2d add flatten dense',
  ],
  ['only the layer before to add', [same, { kind: 'add' }, ...END], ['Take conv2d_1'], 'conv2d add flatten dense'],
  ['nothing to add at all', [{ kind: 'add' }, ...END], ['Remove add_1'], 'flatten dense'],
  [
    'a target shape that does not hold as many numbers as the input',
    [{ kind: 'reshape', targetShape: [14, 14, 3] }, ...END],
    ['Set target shape to 14×14×-1', 'Set target shape to -1'],
    'reshape flatten dense',
  ],
];

describe('repairsFor', () => {
  it.each(BROKEN)('%s', (_name, layers, labels, kinds) => {
    const offered = repairs(layers);
    expect(offered.map(({ label }) => label)).toEqual(labels);
    const after = editedLayers(network(layers).layers, offered[0]!);
    expect(after.map(({ kind }) => kind).join(' ')).toBe(kinds);
  });

  it.each(BROKEN)('every repair solves the problem of the layer: %s', (_name, layers) => {
    const spec = network(layers);
    const index = faulty(layers);
    for (const repair of repairs(layers)) {
      const reports = inspectModel({ ...spec, layers: editedLayers(spec.layers, repair) }, CLASSES);
      // If there is still a problem after the repair, a later layer has it.
      const problem = reports.findIndex((report) => report.problem ?? report.unfinished);
      if (problem >= 0) expect(problem).toBeGreaterThan(index);
    }
    const first = inspectModel({ ...spec, layers: editedLayers(spec.layers, repairs(layers)[0]!) }, CLASSES);
    expect(first.every(isSound)).toBe(true);
  });

  it('offers nothing for a layer without a problem', () => {
    expect(repairs(END, 0)).toEqual([]);
    expect(repairs([dense(32), ...END], 1)).toEqual([]);
  });

  it('lets references mean the same layers as before', () => {
    const layers = network([same, same, pool, { kind: 'add', from: 'conv2d_2' }]).layers;
    expect(editedLayers(layers, { at: 0, insert: network([conv]).layers })[4]).toMatchObject({ from: 'conv2d_3' });
    expect(editedLayers(layers, { at: 1, moveTo: 0 })[3]).toMatchObject({ from: 'conv2d_1' });
    expect(editedLayers(layers, { at: 1, remove: true })[2]).toMatchObject({ from: 'conv2d_2 (removed)' });
  });

  it('the smallest network is valid', () => {
    expect(inspectModel({ ...network([]), layers: smallestLayers(3) }, 3).every(({ resolved }) => resolved)).toBe(true);
  });
});
