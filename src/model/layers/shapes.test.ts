import { describe, expect, it } from 'vitest';
import { inspectModel } from '../resolve';
import { parseModelSpec } from '../spec';

/** The report on a layer with a Flatten after it, as the builder shows it. */
function inspect(layer: object, input: [number, number, number]) {
  const [report] = inspectModel(parseModelSpec({ input, layers: [layer, { kind: 'flatten' }] }));
  return report;
}
const shapeOf = (layer: object, input: [number, number, number]) => inspect(layer, input)!.resolved?.outputShape;
const refusal = (layer: object, input: [number, number, number]) => inspect(layer, input)!.problem;

describe('output shapes are those of Keras', () => {
  it.each([
    [{ kind: 'averagePooling2d' }, [7, 9, 5], [3, 4, 5]],
    [{ kind: 'averagePooling2d', poolSize: [3, 2], strides: [1, 2], padding: 'same' }, [7, 9, 5], [7, 5, 5]],
    [{ kind: 'globalAveragePooling2d' }, [7, 9, 5], [5]],
    [{ kind: 'depthwiseConv2d' }, [7, 9, 5], [5, 7, 5]],
    [{ kind: 'depthwiseConv2d', strides: [2, 2], padding: 'same', depthMultiplier: 3 }, [7, 9, 5], [4, 5, 15]],
    [{ kind: 'depthwiseConv2d', dilationRate: [3, 2] }, [7, 9, 5], [1, 5, 5]],
    [{ kind: 'zeroPadding2d' }, [7, 9, 5], [9, 11, 5]],
    [{ kind: 'zeroPadding2d', padding: [[0, 3], [2, 1]] }, [7, 9, 5], [10, 12, 5]], // prettier-ignore
    [{ kind: 'reshape', targetShape: [-1] }, [7, 9, 5], [315]],
    [{ kind: 'reshape', targetShape: [-1, 3, 7] }, [7, 9, 5], [15, 3, 7]],
  ] as [object, [number, number, number], number[]][])('%j on %j: %j', (layer, input, output) => {
    expect(shapeOf(layer, input)).toEqual(output);
  });
});

describe('what is refused', () => {
  it.each([
    [{ kind: 'averagePooling2d', poolSize: [8, 2] }, 'poolSize', /window of 8 does not fit an input of 7/],
    [{ kind: 'depthwiseConv2d', strides: [1, 2] }, 'strides', /equally far down and across, not 1 and 2/],
    [{ kind: 'depthwiseConv2d', strides: [2, 2], dilationRate: [1, 2] }, 'dilationRate', /exclude each other/],
    [{ kind: 'depthwiseConv2d', dilationRate: [4, 1] }, 'kernelSize', /window of 9 does not fit an input of 7/],
    [{ kind: 'reshape', targetShape: [5, 7] }, 'targetShape', /not a shape/],
    [{ kind: 'reshape', targetShape: [0, 7, 5] }, 'targetShape', /not a shape/],
    [{ kind: 'reshape', targetShape: [-1, -1, 5] }, 'targetShape', /not a shape/],
    [
      { kind: 'reshape', targetShape: [7, 9, 4] },
      'targetShape',
      /\[7, 9, 5\] has 315 numbers.*\[7, 9, 4\], which has 252/,
    ],
    [
      { kind: 'reshape', targetShape: [2, -1, 5] },
      'targetShape',
      /315 numbers.*\[2, -1, 5\], whose other sides make 10/,
    ],
  ] as [object, string, RegExp][])('%j: %s', (layer, field, message) => {
    const problem = refusal(layer, [7, 9, 5]);
    expect(problem?.where.field).toBe(field);
    expect(problem?.what).toMatch(message);
    expect(problem?.remedy).toBeTruthy();
  });

  it('an image layer after a layer that gives a vector', () => {
    const layers = [{ kind: 'globalAveragePooling2d' }, { kind: 'zeroPadding2d' }, { kind: 'flatten' }];
    expect(inspectModel(parseModelSpec({ input: [7, 9, 5], layers }))[1]!.problem?.what).toMatch(/needs an image/);
  });
});

describe('depthwiseConv2d', () => {
  it('has the weights, fans and cost of Keras', () => {
    const { resolved } = inspect({ kind: 'depthwiseConv2d', kernelSize: [3, 2], depthMultiplier: 4 }, [7, 9, 5])!;
    expect(resolved).toMatchObject({ parameters: 3 * 2 * 5 * 4 + 5 * 4, multiplyAdds: 5 * 8 * 20 * 6 });
    // keras.src.initializers.random_initializers.compute_fans((3, 2, 5, 4)) is (30, 24).
    expect(resolved?.weights[0]).toMatchObject({ name: 'weight', shape: [3, 2, 5, 4], fanIn: 30, fanOut: 24 });
    expect(resolved?.weights[1]).toMatchObject({ name: 'bias', shape: [20] });
  });
});
