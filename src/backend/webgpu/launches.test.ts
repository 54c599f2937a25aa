import { describe, expect, it } from 'vitest';
import { at } from '../../at';
import { presets } from '../../model/presets';
import { resolveModel, type ResolvedModel } from '../../model/resolve';
import type { Dispatch, TensorRef } from '../../plan/dispatch';
import { planForward, planGradients, planTraining, stepDispatches } from '../../plan/plan';
import { manyKinds } from './many-kinds.test-helper';
import { gradientDispatches } from './probe-programs';
import { bindingOf, createShaderLibrary, requireConstants } from './shader-library';
import { shaderSources } from './shaders';
import { TUNINGS } from './tuning';

const shaders = createShaderLibrary(shaderSources);
const models = [...presets.map(({ spec }) => resolveModel(spec)), manyKinds];

/** All possible launches for a model at a batch size. */
function launchesOf(model: ResolvedModel, batchSize: number): Dispatch[] {
  return TUNINGS.flatMap((tuning) => [
    ...stepDispatches(planTraining(model, { batchSize, tuning, optimizer: 'adam' })),
    ...[true, false].flatMap((training) => gradientDispatches(planGradients(model, { batchSize, tuning, training }))),
    ...planForward(model, { batchSize, tuning, training: false }).forward,
  ]);
}

/** The bindings of a launch, each with its declaration in the shader. */
function boundBy(dispatch: Dispatch) {
  const shader = shaders.get(dispatch.shader);
  return Object.entries(dispatch.bindings).map(([name, tensor]) => {
    return { name, tensor, ...bindingOf(shader, dispatch, name) };
  });
}

const overlap = (a: TensorRef, b: TensorRef) =>
  a.arena === b.arena && a.offset < b.offset + b.length && b.offset < a.offset + a.length;

describe.each(models)('the launches of $spec.name', (model) => {
  const launches = launchesOf(model, 33);

  it('name what their shaders declare, each place once', () => {
    for (const launch of launches) {
      requireConstants(shaders.get(launch.shader), launch);
      const bound = boundBy(launch);
      expect(new Set(bound.map(({ index }) => index)).size, launch.label).toBe(bound.length);
    }
  });

  it('bind nothing that overlaps with what is written, and no arena both read-only and writable', () => {
    for (const launch of launches) {
      const bound = boundBy(launch);
      for (const written of bound.filter(({ access }) => access === 'read_write')) {
        for (const other of bound.filter((binding) => binding !== written)) {
          expect(overlap(written.tensor, other.tensor), `${launch.label} ${written.name} ${other.name}`).toBe(false);
          if (other.access === 'read') expect(other.tensor.arena, launch.label).not.toBe(written.tensor.arena);
        }
      }
    }
  });
});

describe('a launch that its shader does not fit', () => {
  const good = at(planForward(manyKinds, { batchSize: 1, tuning: at(TUNINGS, 0), training: false }).forward, 0);

  it('is refused with the name of the shader and of the constant', () => {
    const misspelt = { ...good, constants: { ...good.constants, DILATION: 2 } };
    expect(() => requireConstants(shaders.get('conv2d'), misspelt)).toThrow(
      /conv2d\.forward gives a constant DILATION, which conv2d\.wgsl does not declare: it has H, W, C/,
    );
  });

  it('is refused with the name of the binding', () => {
    const misspelt = { ...good, bindings: { input: good.bindings.x! } };
    expect(() => bindingOf(shaders.get('conv2d'), misspelt, 'input')).toThrow(/conv2d\.forward binds "input"/);
  });

  it('is refused with the name of a shader that is not there', () => {
    expect(() => shaders.get('conv3d')).toThrow('There is no shader "conv3d".');
  });
});
