import { register } from 'node:module';
import { PlaygroundError } from '../../src/errors.ts';

/**
 * WebGPU for Node: Dawn, the implementation that Chromium has too. Makes the constants of WebGPU
 * global, as in a browser, and lets shaders be imported as text (`?raw`). Where no graphics driver
 * offers an adapter it takes the SwiftShader that comes with Chromium.
 * @returns what a browser has as `navigator.gpu`
 * @throws PlaygroundError if there is no adapter.
 */
export async function openDawn(): Promise<GPU> {
  register('./raw-hooks.ts', import.meta.url);
  const { create, globals } = await import('webgpu').catch((cause: unknown) => {
    throw new PlaygroundError('Dawn does not start here.', { remedy: 'Try --backend cpu.', cause });
  });
  Object.assign(globalThis, globals);
  const gpu = create([]);
  if (await gpu.requestAdapter()) return gpu;
  const { findSwiftShader } = await import('../browser/find-swiftshader.ts');
  const swiftShader = process.env.VK_ICD_FILENAMES ? null : findSwiftShader();
  if (swiftShader) {
    process.env.VK_ICD_FILENAMES = swiftShader;
    const onSwiftShader = create([]);
    if (await onSwiftShader.requestAdapter()) return onSwiftShader;
  }
  throw new PlaygroundError('Dawn found no graphics adapter.', {
    remedy:
      'Install a graphics driver, or Chromium for its SwiftShader, or name the description of a Vulkan driver in ' +
      'VK_ICD_FILENAMES; or try --backend cpu.',
  });
}
