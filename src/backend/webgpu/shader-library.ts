import type { Dispatch } from '../../plan/dispatch';
import { readInterface, type ShaderBinding, type ShaderInterface } from './wgsl';

/** A shader: its complete source, and the declarations in that source. */
export interface Shader extends ShaderInterface {
  source: string;
}

/** The shaders by file name. */
export interface ShaderLibrary {
  /** @throws Error if there is none of the name. */
  get(name: string): Shader;
}

/** @param sources WGSL by file name */
export function createShaderLibrary(sources: Readonly<Record<string, string>>): ShaderLibrary {
  const known = new Map<string, Shader>();
  return {
    get(name) {
      const kept = known.get(name);
      if (kept) return kept;
      const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
      if (source === undefined) throw new Error(`There is no shader "${name}".`);
      const shader = { source, ...readInterface(source) };
      known.set(name, shader);
      return shader;
    },
  };
}

/**
 * Where a launch binds a name.
 * @throws Error if the shader declares no such variable.
 */
export function bindingOf(
  shader: ShaderInterface,
  { shader: file, entryPoint }: Dispatch,
  name: string,
): ShaderBinding {
  const found = shader.bindings.get(name);
  if (!found) throw new Error(`The launch ${file}.${entryPoint} binds "${name}", which ${file}.wgsl does not declare.`);
  return found;
}

/**
 * Refuses constants that the shader does not declare. A value for a misspelt override would
 * silently leave the intended override at its default.
 * @throws Error naming shader and constant, if the launch gives one that is not declared.
 */
export function requireConstants({ overrides }: ShaderInterface, { shader, entryPoint, constants }: Dispatch): void {
  for (const name of Object.keys(constants)) {
    if (overrides.has(name)) continue;
    const known = [...overrides].join(', ');
    const launch = `The launch ${shader}.${entryPoint} gives a constant ${name}`;
    throw new Error(`${launch}, which ${shader}.wgsl does not declare: it has ${known}.`);
  }
}
