import { PlaygroundError, required } from '../../errors';
import type { Dispatch } from '../../plan/dispatch';
import { bindingOf, createShaderLibrary, requireConstants, type Shader } from './shader-library';
import { STEP_BYTES } from './step-record';

/** A compiled kernel with the layout of its own bind group (group 0). */
export interface Pipeline {
  pipeline: GPUComputePipeline;
  layout: GPUBindGroupLayout;
  shader: Shader;
}

/**
 * The most kernels to keep. A network has 20 to 100 kernels. A person who tries many shapes should
 * not fill the memory, but should find the kernels of the last few networks again. Programs keep
 * their own kernels, whether or not they are still in this cache.
 */
const KEPT = 512;

/**
 * Compiles kernels and keeps them. The same combination of shader, entry point, constants and
 * bindings is compiled only once as long as it is in use.
 */
export interface PipelineCache {
  /** Layout of group 1: the record of the current step, at a dynamic offset. */
  stepLayout: GPUBindGroupLayout;
  /** @throws PlaygroundError with the compiler's message. */
  get(dispatch: Dispatch): Promise<Pipeline>;
}

/** @param sources WGSL by file name */
export function createPipelineCache(device: GPUDevice, sources: Readonly<Record<string, string>>): PipelineCache {
  const shaders = createShaderLibrary(sources);
  const modules = new Map<string, GPUShaderModule>();
  const pipelines = new Map<string, Promise<Pipeline>>();
  const stepLayout = device.createBindGroupLayout({
    label: 'step',
    entries: [
      {
        binding: 0,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type: 'uniform', hasDynamicOffset: true, minBindingSize: STEP_BYTES },
      },
    ],
  });

  function moduleOf(name: string, code: string): GPUShaderModule {
    let module = modules.get(name);
    if (!module) {
      module = device.createShaderModule({ label: `${name}.wgsl`, code });
      modules.set(name, module);
    }
    return module;
  }

  async function compile(dispatch: Dispatch): Promise<Pipeline> {
    const { entryPoint, constants } = dispatch;
    const label = `${dispatch.shader}.${entryPoint}`;
    const shader = shaders.get(dispatch.shader);
    requireConstants(shader, dispatch);
    const layout = device.createBindGroupLayout({ label, entries: layoutEntries(shader, dispatch) });
    const pipelineLayout = device.createPipelineLayout({
      label,
      bindGroupLayouts: shader.usesStep ? [layout, stepLayout] : [layout],
    });
    const module = moduleOf(dispatch.shader, shader.source);
    const compute = { module, entryPoint, constants };
    try {
      const pipeline = await device.createComputePipelineAsync({ label, layout: pipelineLayout, compute });
      return { pipeline, layout, shader };
    } catch (error) {
      throw await explain(error, label, module);
    }
  }

  return {
    stepLayout,
    get(dispatch) {
      const { shader, entryPoint, constants, bindings } = dispatch;
      const key = JSON.stringify([shader, entryPoint, constants, Object.keys(bindings)]);
      const pipeline = pipelines.get(key) ?? compile(dispatch);
      // The map keeps the least recently used pipeline first.
      pipelines.delete(key);
      pipelines.set(key, pipeline);
      if (pipelines.size > KEPT) {
        const [oldest] = pipelines.keys();
        pipelines.delete(required(oldest, 'kernel to let go of'));
      }
      return pipeline;
    },
  };
}

function layoutEntries(shader: Shader, dispatch: Dispatch): GPUBindGroupLayoutEntry[] {
  return Object.keys(dispatch.bindings).map((name) => {
    const { index, access } = bindingOf(shader, dispatch, name);
    const type = access === 'read' ? 'read-only-storage' : 'storage';
    return { binding: index, visibility: GPUShaderStage.COMPUTE, buffer: { type } };
  });
}

async function explain(error: unknown, label: string, module: GPUShaderModule): Promise<PlaygroundError> {
  const { messages } = await module.getCompilationInfo();
  const first = messages.find(({ type }) => type === 'error');
  const detail = first
    ? `line ${first.lineNum}: ${first.message}`
    : error instanceof Error
      ? error.message
      : String(error);
  return new PlaygroundError(`the shader ${label} does not compile on this GPU: ${detail}`, {
    remedy: 'Please report it with the name of your graphics card; meanwhile add ?backend=cpu to the address.',
    cause: error,
  });
}
