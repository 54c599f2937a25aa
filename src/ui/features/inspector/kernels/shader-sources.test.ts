import { describe, expect, it } from 'vitest';
import { lineOf, loadShaderSource } from './shader-sources';

describe('the source of an entry point', () => {
  it.each([
    ['conv2d', 'forward', 'shaders/conv2d.wgsl'],
    ['conv2d-strips', 'stripForward5', 'shaders/conv2d-strips5.wgsl'],
    ['max-pool2d', 'inputGradientApart', 'shaders/max-pool2d.wgsl'],
  ])('%s %s is in %s', async (shader, entryPoint, file) => {
    const source = await loadShaderSource(shader, entryPoint);
    expect(source.file).toBe(file);
    expect(source.text.split('\n')[source.line - 1]).toContain(`fn ${entryPoint}(`);
  });

  it('knows no function that is not there', () => {
    expect(lineOf('// fn forward(\nfn forwardAll() {}\n', 'forward')).toBe(0);
  });
});
