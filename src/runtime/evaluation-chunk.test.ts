import { describe, expect, it } from 'vitest';
import { findPreset } from '../model/presets';
import { resolveModel } from '../model/resolve';
import { evaluationChunk } from './evaluation-chunk';

const software = { workgroup: 32, threads: 256, subgroupsOf4: false };
const hardware = { workgroup: 64, threads: 16_384, subgroupsOf4: false };
const convolutions = resolveModel(findPreset('flux-conv-mnist').spec);
const mlp = resolveModel(findPreset('mlp').spec);

describe('images to evaluate in one submit', () => {
  it('take about as long as a training step, where steps are slow', () => {
    expect(evaluationChunk(convolutions, software, 128, 10_000)).toBe(384);
    expect(evaluationChunk(convolutions, software, 16, 10_000)).toBe(100);
  });

  it('are more where that costs little, up to a thousand', () => {
    expect(evaluationChunk(mlp, software, 32, 10_000)).toBeGreaterThan(500);
    expect(evaluationChunk(convolutions, hardware, 32, 10_000)).toBe(1000);
    expect(evaluationChunk(convolutions, hardware, 4096, 10_000)).toBe(1000);
  });

  it('take no more memory than the rows need', () => {
    expect(evaluationChunk(convolutions, hardware, 32, 250)).toBe(250);
    expect(evaluationChunk(convolutions, hardware, 32, 3)).toBe(100);
  });
});
