import { describe, expect, it } from 'vitest';
import { editedLayers } from '../../../model/editing/edits';
import { repairsFor } from '../../../model/editing/repairs';
import { inspectModel, isSound } from '../../../model/resolve';
import { parseModelSpec } from '../../../model/spec';
import { offeredRepairs } from './offered-repairs';

const network = (layers: object[]) => parseModelSpec({ input: [28, 28, 1], layers });
const labels = (layers: object[], index: number) =>
  offeredRepairs(network(layers), index, 10).map(({ label }) => label);

describe('offeredRepairs', () => {
  it('leads a lone Dense to an output in two steps', () => {
    let spec = network([{ kind: 'dense' }]);
    for (const [index, label] of [
      [0, 'Insert Flatten'],
      [1, 'Set units to 10'],
    ] as const) {
      const repair = offeredRepairs(spec, index, 10).find((one) => one.label === label)!;
      spec = { ...spec, layers: editedLayers(spec.layers, repair) };
    }
    expect(inspectModel(spec, 10).every(isSound)).toBe(true);
  });

  it('offers what the repairs do where they find one, and nothing for a layer without a problem', () => {
    const layers = [{ kind: 'conv2d' }, { kind: 'dense', units: 10, activation: 'softmax' }];
    expect(labels(layers, 1)).toEqual(repairsFor(network(layers), 1, 10).map(({ label }) => label));
    expect(labels(layers, 0)).toEqual([]);
    expect(labels([{ kind: 'flatten' }, { kind: 'dense', units: 7 }], 1)).toEqual([
      'Set units to 10',
      'Add Dense with 10 units',
    ]);
  });
});
