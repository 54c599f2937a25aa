import { describe, expect, it } from 'vitest';
import { ResourceType, WgslReflect } from 'wgsl_reflect';
import { DEFAULT_SETTINGS, changeSettings } from '../../model/settings';
import { OPTIMIZERS, type OptimizerKind } from '../../model/optimizers';
import { shaderSources, stepSource } from './shaders';
import { packSteps, STEP_BYTES, STEP_STRIDE, stepRecord } from './step-record';
import { readInterface, readScalars, writeScalars } from './wgsl';

/** Removes functions and directives, because the parser does not know everything in ours. */
const declarationsOf = (source: string) =>
  source.replace(/^(@compute .*\n)?fn [^]*?^}$/gm, '').replace(/^(enable|requires|diagnostic).*$/gm, '');

describe.each(Object.keys(shaderSources))('what %s.wgsl says of itself', (name) => {
  const source = shaderSources[name];
  const reflected = new WgslReflect(declarationsOf(source!));

  it('is read as a full parser reads it', () => {
    const { overrides, bindings, usesStep } = readInterface(source!);
    expect([...overrides].sort()).toEqual(reflected.overrides.map((one) => one.name).sort());
    const storage = reflected.storage.filter(({ group }) => group === 0);
    expect([...bindings].sort()).toEqual(
      storage.map(({ name: variable, binding, access }) => [variable, { index: binding, access }]).sort(),
    );
    expect(storage.every(({ resourceType }) => resourceType === ResourceType.Storage)).toBe(true);
    expect(usesStep).toBe(reflected.uniforms.some(({ group }) => group === 1));
  });
});

describe('the scalars of a step', () => {
  const layout = readScalars(stepSource, 'Step');

  it('lie where a full parser says', () => {
    const struct = new WgslReflect(declarationsOf(stepSource)).structs.find(({ name }) => name === 'Step');
    const members = struct?.members.map(({ name, type, offset }) => ({ name, type: type.name, offset }));
    expect(layout.fields).toEqual(members);
    // A uniform buffer is padded to whole vec4s.
    expect(STEP_BYTES).toBe(Math.ceil(struct!.size / 16) * 16);
  });

  it.each(Object.keys(OPTIMIZERS) as OptimizerKind[])('of %s all have a place', (kind) => {
    const settings = changeSettings(DEFAULT_SETTINGS, { optimizer: { kind }, l2: 0.25, seed: 7 });
    const request = { step: 3, offset: 64, count: 32, learningRate: 0.5 };
    const records = [stepRecord(settings, request), stepRecord(settings, { ...request, step: 4 })];
    const view = new DataView(packSteps(records));
    const read = (name: string, record: number) => {
      const field = layout.fields.find((one) => one.name === name);
      if (!field) throw new Error(name);
      const at = record * STEP_STRIDE + field.offset;
      return field.type === 'f32' ? view.getFloat32(at, true) : view.getUint32(at, true);
    };
    records.forEach((record, slot) => {
      for (const [name, value] of Object.entries(record)) expect(read(name, slot)).toBe(valueIn(name, value));
      expect(read('slot', slot)).toBe(slot);
    });
    function valueIn(name: string, value: number): number {
      return layout.fields.some((field) => field.name === name && field.type === 'f32') ? Math.fround(value) : value;
    }
  });

  it('must be known by their names', () => {
    expect(() => writeScalars(layout, { learningrate: 1 }, new DataView(new ArrayBuffer(64)), 0)).toThrow(
      /no scalar "learningrate"/,
    );
    expect(() => readScalars('struct Step {\n  at: vec3f, // far\n}', 'Step')).toThrow(/no scalars/);
    expect(() => readScalars('', 'Step')).toThrow(/no struct Step/);
  });
});
