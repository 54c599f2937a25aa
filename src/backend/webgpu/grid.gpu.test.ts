import { afterEach, expect, it, vi } from 'vitest';
import { initialWeights } from '../../model/initialize';
import { createGpuEngine } from './gpu-engine';
import { askEverything, manyKinds, manyKindsData, order, settings, stepRequests } from './many-kinds.test-helper';

afterEach(() => vi.restoreAllMocks());

/** Runs a step and all questions, with the grids of the plan or with folded grids. */
async function run() {
  const engine = await createGpuEngine(navigator.gpu);
  try {
    await engine.setDataset(manyKindsData());
    const network = await engine.createNetwork(manyKinds, initialWeights(manyKinds, 1), settings);
    network.setOrder(order);
    const steps = await network.trainSteps(stepRequests(1, 3));
    return { steps, ...(await askEverything(network)) };
  } finally {
    engine.dispose();
  }
}

/**
 * Folds every grid of one dimension into rows of 3 workgroups, as `gridOf` folds grids beyond
 * 65,535 workgroups. A folded grid may have some workgroups too many. The loss has its own grid, of
 * at most 256 workgroups.
 */
function foldGrids(): Set<string> {
  const folded = new Set<string>();
  const pipelineOf = new WeakMap<GPUComputePassEncoder, string>();
  const { setPipeline, dispatchWorkgroups } = GPUComputePassEncoder.prototype;
  vi.spyOn(GPUComputePassEncoder.prototype, 'setPipeline').mockImplementation(function (
    this: GPUComputePassEncoder,
    pipeline,
  ) {
    pipelineOf.set(this, pipeline.label);
    return setPipeline.call(this, pipeline);
  });
  vi.spyOn(GPUComputePassEncoder.prototype, 'dispatchWorkgroups').mockImplementation(function (
    this: GPUComputePassEncoder,
    x,
    y = 1,
    z = 1,
  ) {
    const kernel = pipelineOf.get(this)!;
    if (y * z > 1 || x <= 3 || kernel.startsWith('loss.')) return dispatchWorkgroups.call(this, x, y, z);
    folded.add(kernel);
    return dispatchWorkgroups.call(this, 3, Math.ceil(x / 3), 1);
  });
  return folded;
}

it('gives the same bits whether a grid has one dimension or two', async () => {
  const plain = await run();
  const folded = foldGrids();
  expect(await run()).toEqual(plain);
  // Only the smallest kernels have nothing to fold.
  expect([...folded].sort()).toEqual(
    expect.arrayContaining(
      ['conv2d', 'max-pool2d', 'depthwise-conv2d', 'dense', 'activation', 'gather', 'optimizer', 'gradients'].map(
        (shader): unknown => expect.stringContaining(shader),
      ),
    ),
  );
});
