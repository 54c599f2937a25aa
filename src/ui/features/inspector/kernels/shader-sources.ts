const files = import.meta.glob<string>('../../../../../shaders/*.wgsl', { query: '?raw', import: 'default' });
const pathOf = (name: string) => `../../../../../shaders/${name}.wgsl`;

/** A shader file, and the line (from 1) where its entry point begins. */
export interface ShaderSource {
  file: string;
  text: string;
  line: number;
}

/**
 * Loads the source of an entry point when somebody asks for it. Some shaders consist of several
 * files whose names begin alike; the entry point is in one of them.
 */
export async function loadShaderSource(shader: string, entryPoint: string): Promise<ShaderSource> {
  const [family = shader] = shader.split('-');
  const names = Object.keys(files).map((path) => path.slice(pathOf('').indexOf('.wgsl'), -'.wgsl'.length));
  const likely = [shader, ...names.filter((name) => name !== shader && name.startsWith(family))];
  for (const name of likely) {
    const text = await files[pathOf(name)]?.();
    const line = text === undefined ? 0 : lineOf(text, entryPoint);
    if (text !== undefined && line > 0) return { file: `shaders/${name}.wgsl`, text, line };
  }
  const text = (await files[pathOf(shader)]?.()) ?? '';
  return { file: `shaders/${shader}.wgsl`, text, line: 1 };
}

/** The line (from 1) where a WGSL function begins, or 0 if there is no function of this name. */
export function lineOf(text: string, name: string): number {
  return text.split('\n').findIndex((line) => new RegExp(`^fn ${name}\\(`).test(line)) + 1;
}
