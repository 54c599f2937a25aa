import { describe, expect, it } from 'vitest';
import { findPreset } from '../../model/presets';
import { resolveModel } from '../../model/resolve';
import { evaluationChunk } from './evaluation-chunk';

const software = { workgroup: 32, threads: 256, subgroupsOf4: false };
const hardware = { workgroup: 64, threads: 16_384, subgroupsOf4: false };
const convolutions = resolveModel(findPreset('flux-conv-mnist').spec);
const mlp = resolveModel(findPreset('mlp').spec);

describe('images to evaluate in one submit', () => {
  it('are few where they slow the training', () => {
    expect(evaluationChunk(convolutions, software, 10_000)).toBe(100);
  });

  it('are more where that costs little, up to a thousand', () => {
    expect(evaluationChunk(mlp, software, 10_000)).toBeGreaterThan(500);
    expect(evaluationChunk(convolutions, hardware, 10_000)).toBe(1000);
  });

  it('take no more memory than the rows need', () => {
    expect(evaluationChunk(convolutions, hardware, 250)).toBe(250);
    expect(evaluationChunk(convolutions, hardware, 3)).toBe(100);
  });
});
