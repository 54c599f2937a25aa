import { PlaygroundError } from '../../errors';
import type { Dispatch } from '../../plan/kernels/launch';

/** A compiled kernel with the layout of its own bind group (group 0). */
export interface Pipeline {
  pipeline: GPUComputePipeline;
  layout: GPUBindGroupLayout;
}

/**
 * Kernels kept. A network has 20 to 100; a person who tries one shape after the other should not
 * fill the memory, but find those of the last few networks again. Programs hold on to their own,
 * kept here or not.
 */
const KEPT = 512;

/**
 * Compiles kernels and keeps them: the same shader, entry point, constants and bindings are
 * compiled once as long as they are in use.
 */
export interface PipelineCache {
  /** Layout of group 1: the record of the current step, at a dynamic offset. */
  stepLayout: GPUBindGroupLayout;
  /** @throws PlaygroundError with the compiler's message. */
  get(dispatch: Dispatch): Promise<Pipeline>;
}

/** Bytes of `Step` in the shaders. */
export const STEP_BYTES = 48;

/** @param sources WGSL by file name */
export function createPipelineCache(device: GPUDevice, sources: Readonly<Record<string, string>>): PipelineCache {
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

  function moduleOf(shader: string): GPUShaderModule {
    let module = modules.get(shader);
    if (!module) {
      module = device.createShaderModule({ label: `${shader}.wgsl`, code: sources[shader] });
      modules.set(shader, module);
    }
    return module;
  }

  async function compile({ shader, entryPoint, constants, bindings, usesStep }: Dispatch): Promise<Pipeline> {
    const label = `${shader}.${entryPoint}`;
    const layout = device.createBindGroupLayout({
      label,
      entries: bindings.map(({ index, access }) => ({
        binding: index,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type: access === 'read' ? 'read-only-storage' : 'storage' },
      })),
    });
    const pipelineLayout = device.createPipelineLayout({
      label,
      bindGroupLayouts: usesStep ? [layout, stepLayout] : [layout],
    });
    const module = moduleOf(shader);
    const compute = { module, entryPoint, constants: usedConstants(sources[shader], constants) };
    try {
      return { pipeline: await device.createComputePipelineAsync({ label, layout: pipelineLayout, compute }), layout };
    } catch (error) {
      throw await explain(error, label, module);
    }
  }

  return {
    stepLayout,
    get(dispatch) {
      const { shader, entryPoint, constants, bindings } = dispatch;
      const key = JSON.stringify([shader, entryPoint, constants, bindings.map(({ index, access }) => [index, access])]);
      const pipeline = pipelines.get(key) ?? compile(dispatch);
      // Least recently used first.
      pipelines.delete(key);
      pipelines.set(key, pipeline);
      if (pipelines.size > KEPT) pipelines.delete(pipelines.keys().next().value!);
      return pipeline;
    },
  };
}

/**
 * WebGPU refuses values for overrides that the shader does not declare; a layer gives all it has to
 * all its kernels.
 */
function usedConstants(source: string, constants: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(constants).filter(([name]) => source.includes(`override ${name}:`)));
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
