import { describe, expect, it } from 'vitest';
import type { NormSlot } from '../../../model/norm-slots';
import type { LayerDiagnostics } from '../../../train/wire/protocol';
import { layerSeries, layersWithNorms, recentLooks } from './layer-series';
import { QUANTITY_NAMES } from '../../parts/charts/quantities';

const normSlots: NormSlot[] = [
  { layer: 'conv2d_1', tensor: 'weight' },
  { layer: 'conv2d_1', tensor: 'bias' },
  { layer: 'conv2d_1', tensor: 'output' },
  { layer: 'flatten_1', tensor: 'output' },
  { layer: 'dense_1', tensor: 'weight' },
  { layer: 'dense_1', tensor: 'output' },
];
const rows = [1, 2].map((step) => ({ step, loss: 1, accuracy: 0, norms: [3, 4, 7, 0.1, step, 9] }));

const figures = (layer: string, change: Partial<LayerDiagnostics> = {}): LayerDiagnostics => ({
  layer,
  weightNorm: null,
  gradientNorm: null,
  updateNorm: null,
  activationMean: 0.5,
  activationStd: 1,
  deadUnits: null,
  saturated: null,
  tensors: [],
  ...change,
});

const looks = [1, 100, 700].map((step) => ({
  step,
  layers: [
    figures('conv2d_1', { weightNorm: 2, updateNorm: step === 700 ? null : 0.02, deadUnits: 0.25, saturated: 0.5 }),
    figures('flatten_1'),
    figures('dense_1', { weightNorm: 4, updateNorm: NaN }),
  ],
}));
const run = { rows, normSlots, looks };

describe('layerSeries', () => {
  it('takes the gradient of the output where a layer has nothing to train', () => {
    expect(layersWithNorms(normSlots).map(({ layer, of }) => [layer, of])).toEqual([
      ['conv2d_1', 'weights'],
      ['flatten_1', 'output'],
      ['dense_1', 'weights'],
    ]);
    expect(layerSeries('gradientNorm', run)).toEqual({
      layers: ['conv2d_1', 'flatten_1', 'dense_1'],
      steps: [1, 2],
      firsts: [1, 2],
      values: [
        [5, 5],
        [0.1, 0.1],
        [1, 2],
      ],
    });
  });

  it('has only layers that the quantity exists for, with gaps and NaN kept apart', () => {
    expect(layerSeries('updateRatio', run)).toEqual({
      layers: ['conv2d_1', 'dense_1'],
      steps: [1, 100, 700],
      firsts: [1, 100, 700],
      values: [
        [0.01, 0.01, null],
        [NaN, NaN, NaN],
      ],
    });
    expect(layerSeries('deadUnits', run).layers).toEqual(['conv2d_1']);
    expect(layerSeries('activationMean', run).layers).toEqual(['conv2d_1', 'flatten_1', 'dense_1']);
  });

  it('has no update ratio where all weights are 0', () => {
    const still = [
      {
        step: 1,
        layers: [
          figures('dense_1', { weightNorm: 0, updateNorm: 0.1 }),
          figures('dense_2', { weightNorm: 1, updateNorm: 0.1 }),
        ],
      },
    ];
    expect(layerSeries('updateRatio', { ...run, looks: still })).toMatchObject({
      layers: ['dense_2'],
      values: [[0.1]],
    });
  });

  it('is empty before the first step, whatever the quantity', () => {
    for (const name of QUANTITY_NAMES) {
      expect(layerSeries(name, { rows: [], normSlots: [], looks: [] })).toEqual({
        layers: [],
        steps: [],
        firsts: [],
        values: [],
      });
    }
  });

  it('keeps the newest look when there are too many', () => {
    const many = Array.from({ length: 401 }, (_, i) => ({ step: i + 1, layers: [figures('dense_1')] }));
    const { steps } = layerSeries('activationMean', { ...run, looks: many });
    expect(steps.length).toBeLessThanOrEqual(200);
    expect(steps.at(-1)).toBe(401);
    expect(layerSeries('activationMean', { ...run, looks: many }, Infinity).steps).toHaveLength(401);
    expect(recentLooks(looks).map(({ step }) => step)).toEqual([700]);
  });
});
