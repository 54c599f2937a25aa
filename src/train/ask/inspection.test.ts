import { describe, expect, it } from 'vitest';
import { explain } from '../../model/explain/explain';
import { resolveModel } from '../../model/resolve';
import { createLayer } from '../../model/spec';
import { launchesOf } from '../../plan/launches';
import { planTraining } from '../../plan/plan';
import type { LayerInspection } from '../wire/protocol';
import { createReadySession, stripes, tinyModel, tinySettings } from '../session/session.test-helper';

const image = { split: 'test', row: 1 } as const;

/**
 * The largest difference between the reported output of the layer and the output that follows from
 * its reported input and weights.
 */
function largestGap({ layer, input, skip, weights, output }: LayerInspection, model = resolveModel(tinyModel)): number {
  const resolved = model.layers.find(({ id }) => id === layer)!;
  const tensors = {
    input: input.data,
    skip: skip?.data,
    weights: Object.fromEntries(weights.map(({ name, value }) => [name, value.data])),
  };
  return Math.max(...Array.from(output.data, (y, element) => Math.abs(explain(resolved, tensors, element).y - y)));
}

describe('inspecting a layer', () => {
  it('hands out the input, its gradient and that of the image', async () => {
    const { request } = await createReadySession();
    const first = await request('inspect', { layer: 'conv2d_1', image });
    const pool = await request('inspect', { layer: 'maxPool2d_1', image });
    const dense = await request('inspect', { layer: 'dense_1', image });
    expect(first.input).toEqual(first.image);
    expect(first.imageGradient).toEqual(first.inputGradient);
    expect(pool.input).toEqual(first.output);
    expect(pool.inputGradient).toEqual(first.outputGradient);
    expect(pool.imageGradient).toEqual(first.imageGradient);
    expect(dense.inputGradient!.shape).toEqual([12]);
    for (const one of [first, pool, dense]) expect(largestGap(one)).toBeLessThan(1e-5);
  });

  it('input, weights and output are of one moment while the network trains', async () => {
    const { request } = await createReadySession(
      {},
      { ...tinySettings, optimizer: { kind: 'sgd', learningRate: 0.5 } },
    );
    const training = request('train', {});
    const gaps: number[] = [];
    for (let i = 0; i < 20; i++) gaps.push(largestGap(await request('inspect', { layer: 'conv2d_1', image })));
    await request('pause', {});
    await training;
    expect(Math.max(...gaps)).toBeLessThan(1e-5);
  });

  it('gives the range of all layers, running averages and what is not finite left out', async () => {
    const { request } = await createReadySession();
    const before = await request('inspect', { layer: 'dense_1', image });
    expect(before.ranges.weightGradients).toBe(0);
    await request('train', { steps: 1 });
    const layers = await Promise.all(
      ['conv2d_1', 'maxPool2d_1', 'flatten_1', 'dense_1'].map((layer) => request('inspect', { layer, image })),
    );
    const most = (tensors: (Float32Array | undefined)[]) =>
      Math.max(...tensors.flatMap((data) => Array.from(data ?? [], Math.abs)));
    const { ranges } = layers[0]!;
    expect(ranges.weights).toBe(most(layers.flatMap(({ weights }) => weights.map(({ value }) => value.data))));
    expect(ranges.weightGradients).toBe(
      most(layers.flatMap(({ weights }) => weights.map(({ gradient }) => gradient?.data))),
    );
    expect(ranges.outputs).toBe(most(layers.flatMap(({ input, output }) => [input.data, output.data])));
    expect(ranges.outputGradients).toBe(
      most(layers.flatMap((one) => [one.inputGradient?.data, one.outputGradient?.data])),
    );
    expect(layers.every((one) => JSON.stringify(one.ranges) === JSON.stringify(ranges))).toBe(true);
  });

  it('knows the second input of a skip connection, and does without a label', async () => {
    const { request } = await createReadySession();
    await request('setDataset', { dataset: stripes() });
    const spec = {
      ...tinyModel,
      layers: [createLayer('activation'), createLayer('add', { from: 'activation_1' }), ...tinyModel.layers],
    };
    await request('setModel', { model: spec });
    const { image: seen } = await request('inspect', { layer: 'add_1', image });
    const drawn = await request('inspect', { layer: 'add_1', image: { pixels: seen.data } });
    expect(drawn.skip).toEqual(drawn.input);
    expect(drawn).toMatchObject({
      label: -1,
      inputGradient: undefined,
      outputGradient: undefined,
      imageGradient: undefined,
    });
    expect(largestGap(drawn, resolveModel(spec))).toBeLessThan(1e-5);
  });
});

it('draws a long vector in cells of several units, each with the one furthest from zero', async () => {
  const { request } = await createReadySession();
  const [, , flatten, dense] = tinyModel.layers;
  const wide = createLayer('conv2d', { filters: 32, padding: 'same' });
  await request('setModel', { model: { ...tinyModel, layers: [wide, flatten!, dense!] } });
  const { layers } = await request('thumbnails', { image });
  expect(layers.map(({ unitsPerCell }) => unitsPerCell)).toEqual([1, 5, 1]);
  const units = [...(await request('inspect', { layer: 'flatten_1', image })).output.data];
  expect([units.length, layers[1]!.output.shape]).toEqual([1152, [231]]);
  layers[1]!.output.data.forEach((cell, i) => {
    const own = units.slice(5 * i, 5 * i + 5);
    expect(own).toContain(cell);
    expect(Math.abs(cell)).toBe(Math.max(...own.map(Math.abs)));
  });
});

describe('kernels of a layer', () => {
  const tuning = { workgroup: 64, threads: 1024, subgroupsOf4: false };
  const plan = planTraining(resolveModel(tinyModel), { batchSize: 8, tuning, optimizer: 'adam' });
  const names = (id: string) =>
    launchesOf(plan, id).map(({ phase, shader, entryPoint }) => `${phase} ${shader} ${entryPoint}`);

  it('are those of the plan, in the order in which they run', () => {
    expect(names('conv2d_1').slice(0, 1)).toEqual(['forward conv2d forward']);
    expect(names('conv2d_1').some((name) => name === 'backward conv2d weightGradient')).toBe(true);
    expect(names('conv2d_1').at(-1)).toMatch(/^update optimizer /);
    expect(names('maxPool2d_1')).toEqual(['forward max-pool2d forward', 'backward max-pool2d inputGradientApart']);
    expect(names('flatten_1')).toEqual([]);
    expect(names('dense_1')[1]).toBe('backward loss softmaxCrossEntropy');
  });

  it('are none on the CPU, and of no layer that is not there', async () => {
    const { request } = await createReadySession();
    expect(await request('kernels', { layer: 'conv2d_1' })).toEqual([]);
    await expect(request('kernels', { layer: 'conv2d_9' })).rejects.toThrow(/no such layer/);
  });
});
