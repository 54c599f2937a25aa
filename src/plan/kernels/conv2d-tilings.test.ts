import { describe, expect, it } from 'vitest';
import { forwardKernel, inputGradientKernel, weightGradientKernel } from './conv2d-tilings';

const software = { workgroup: 32, threads: 256, subgroupsOf4: true };
const gpu = { workgroup: 64, threads: 4096, subgroupsOf4: false };
const layer = {
  batch: 32,
  input: [14, 14, 16],
  output: [14, 14, 32],
  kernelSize: [3, 3],
  strides: [1, 1],
  dilationRate: [1, 1],
} as const;
const shaders = (geometry: Parameters<typeof forwardKernel>[0], tuning = software) =>
  [forwardKernel, inputGradientKernel, weightGradientKernel].map((choose) => choose(geometry, tuning).shader);

describe('kernels of a convolution', () => {
  it('are the plain ones on a real GPU', () => {
    expect(shaders(layer, gpu)).toEqual(['conv2d', 'conv2d', 'conv2d']);
  });

  it('work on strips on a software adapter', () => {
    expect(shaders(layer)).toEqual(['conv2d-strips', 'conv2d-strips', 'conv2d-strips']);
  });

  it('take the columns of a wider kernel five at a time', () => {
    const wide = { ...layer, kernelSize: [5, 5] } as const;
    expect(forwardKernel(wide, software).entryPoint).toBe('stripForward5');
    expect(inputGradientKernel(wide, software).entryPoint).toBe('stripForward5');
  });

  it('do without strips where neighbouring outputs share no inputs', () => {
    expect(shaders({ ...layer, output: [7, 7, 32], strides: [2, 2] })).not.toContain('conv2d-strips');
    expect(shaders({ ...layer, output: [14, 14, 32], dilationRate: [1, 2] })).not.toContain('conv2d-strips');
    expect(shaders({ ...layer, kernelSize: [1, 1] })).not.toContain('conv2d-strips');
  });

  it('take no strips for the input gradient where rows are skipped', () => {
    expect(shaders({ ...layer, output: [7, 14, 32], strides: [2, 1] })).toEqual([
      'conv2d-strips',
      'conv2d-subgroups',
      'conv2d-strips',
    ]);
  });

  it('have an invocation for each tile, rounded up to whole subgroups', () => {
    // 32 * 14 rows of 2 strips, 2 strips to an invocation, 4 columns of 8 filters.
    expect(forwardKernel(layer, software)).toEqual({
      shader: 'conv2d-strips',
      entryPoint: 'stripForward',
      invocations: 32 * 14 * 4,
    });
    expect(forwardKernel({ ...layer, batch: 1, output: [3, 3, 9] }, gpu).invocations).toBe(2 * 2);
  });
});
