import { required } from '../../errors';

/**
 * The declarations of our shaders, read from their source. A few regular expressions are enough,
 * because our WGSL is plain: an override or a variable of a bind group is on one line, and a struct
 * has one field per line. A complete parser (wgsl_reflect) would add 290 kB, while this whole
 * backend with its shaders has 160 kB, and it does not parse all of our shaders. The tests compare
 * the two.
 */
export interface ShaderInterface {
  /** Names of the override constants. */
  overrides: ReadonlySet<string>;
  /** Storage variables of group 0 by name. Entry points may use different names for one place. */
  bindings: ReadonlyMap<string, ShaderBinding>;
  /** Whether the shader reads the record of the step (group 1, see step.wgsl). */
  usesStep: boolean;
}

export interface ShaderBinding {
  index: number;
  access: 'read' | 'read_write';
}

/** A field of a struct of scalars. */
export interface ScalarField {
  name: string;
  type: 'u32' | 'i32' | 'f32';
  /** Bytes from the start of the struct. */
  offset: number;
}

/** How a struct of scalars lies in a uniform buffer. */
export interface ScalarLayout {
  fields: readonly ScalarField[];
  /** Bytes, padded as a uniform buffer requires. */
  size: number;
}

const OVERRIDE = /^override (\w+):/gm;
const STORAGE = /^@group\(0\) @binding\((\d+)\) var<storage, (read|read_write)> (\w+):/gm;
const STEP = /^@group\(1\) @binding\(0\) var<uniform> step:/m;
const FIELD = /^ *(\w+): (u32|i32|f32),/gm;

/** @param source WGSL, with all files that belong to it */
export function readInterface(source: string): ShaderInterface {
  const overrides = new Set(Array.from(source.matchAll(OVERRIDE), ([, name]) => required(name, 'name of an override')));
  const bindings = new Map(
    Array.from(source.matchAll(STORAGE), ([, index, access, name]): [string, ShaderBinding] => [
      required(name, 'name of a binding'),
      { index: Number(index), access: access === 'read' ? 'read' : 'read_write' },
    ]),
  );
  return { overrides, bindings, usesStep: STEP.test(source) };
}

/**
 * The layout of a struct of 4-byte scalars, which follow one after the other.
 * @throws Error if there is no such struct, or something else is in it.
 */
export function readScalars(source: string, struct: string): ScalarLayout {
  const body = new RegExp(`^struct ${struct} {([^}]*)}`, 'm').exec(source)?.[1];
  if (body === undefined) throw new Error(`There is no struct ${struct} in the shader.`);
  const fields = Array.from(body.matchAll(FIELD), ([, name, type], i): ScalarField => {
    return { name: required(name, 'name of a field'), type: type as ScalarField['type'], offset: 4 * i };
  });
  const declared = body.replace(/\/\/.*$/gm, '').split(':').length - 1;
  if (declared !== fields.length) throw new Error(`The struct ${struct} has fields that are no scalars.`);
  return { fields, size: Math.ceil((4 * fields.length) / 16) * 16 };
}

/**
 * Writes scalars by name; those left out are 0.
 * @param offset bytes from the start of the buffer
 * @throws Error if the struct has no field of a name.
 */
export function writeScalars(
  { fields }: ScalarLayout,
  values: Readonly<Record<string, number>>,
  view: DataView,
  offset: number,
): void {
  const unknown = Object.keys(values).find((name) => !fields.some((field) => field.name === name));
  if (unknown !== undefined) throw new Error(`The shaders have no scalar "${unknown}" of a step; see step.wgsl.`);
  for (const { name, type, offset: at } of fields) {
    const value = values[name] ?? 0;
    if (type === 'f32') view.setFloat32(offset + at, value, true);
    else if (type === 'u32') view.setUint32(offset + at, value, true);
    else view.setInt32(offset + at, value, true);
  }
}
