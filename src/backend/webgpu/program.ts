import { required } from '../../errors';
import type { Dispatch, TensorRef } from '../../plan/dispatch';
import type { Plan } from '../../plan/plan-types';
import { bufferOf, createArenas, type Arenas, type ForEach } from './arenas';
import type { Gpu } from './device';
import type { PipelineCache } from './pipelines';
import { createReadBack } from './read-back';
import { bindingOf, type Shader } from './shader-library';
import { packSteps, STEP_BYTES, STEP_STRIDE, STEPS_BYTES, type StepRecord } from './step-record';

/** A plan on a GPU: its memory and its compiled kernels. */
export interface Program {
  readonly arenas: Arenas;
  write(tensor: TensorRef, data: Float32Array | Uint32Array): void;
  /**
   * Makes sure that there is memory for reading these tensors. @throws PlaygroundError if not.
   */
  reserve(read: readonly TensorRef[]): Promise<void>;
  /**
   * Runs the dispatches once per step in one submit, at most `MAX_STEPS_PER_SUBMIT` times,
   * and reads tensors back after the last step. Resolves when the numbers have arrived. Later
   * submits need not wait for that.
   */
  submit<const T extends readonly TensorRef[]>(
    steps: readonly StepRecord[],
    dispatches: readonly Dispatch[],
    read: T,
  ): Promise<ForEach<T, Float32Array<ArrayBuffer>>>;
  dispose(): void;
}

interface Prepared {
  usesStep: boolean;
  pipeline: GPUComputePipeline;
  bindGroup: GPUBindGroup;
}

/**
 * Allocates the memory that the plan needs beyond the shared arenas, and compiles the given kernels
 * in parallel.
 * @param dispatches all dispatches of the plan that will ever be submitted
 * @throws PlaygroundError if it does not fit or does not compile.
 */
export async function createProgram(
  gpu: Gpu,
  pipelines: PipelineCache,
  plan: Plan,
  dispatches: readonly Dispatch[],
  shared: Arenas,
): Promise<Program> {
  const { device } = gpu;
  const own = await createArenas(device, without(plan.arenas, shared));
  const arenas: Arenas = { ...own, ...shared };
  const stepBuffer = device.createBuffer({
    label: 'steps',
    size: STEPS_BYTES,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  const stepGroup = device.createBindGroup({
    label: 'step',
    layout: pipelines.stepLayout,
    entries: [{ binding: 0, resource: { buffer: stepBuffer, size: STEP_BYTES } }],
  });
  // The reports of steps come in submits of every length, and all fit the same staging buffers.
  const readBack = createReadBack(device, 4 * (plan.arenas.metrics ?? 0));
  const dispose = () => {
    for (const buffer of [...Object.values(own), stepBuffer]) buffer.destroy();
    readBack.dispose();
  };
  const prepared = await prepare(device, pipelines, dispatches, arenas).catch((error: unknown) => {
    dispose();
    throw error;
  });
  if (plan.tables.length > 0) device.queue.writeBuffer(bufferOf(arenas, 'tables'), 0, plan.tables);

  return {
    arenas,
    write({ arena, offset }, data) {
      device.queue.writeBuffer(bufferOf(arenas, arena), offset * 4, data as Float32Array<ArrayBuffer>);
    },
    reserve: (read) => readBack.reserve(read),
    submit(steps, dispatches, read) {
      device.queue.writeBuffer(stepBuffer, 0, packSteps(steps));
      const encoder = device.createCommandEncoder({ label: 'steps' });
      const pass = encoder.beginComputePass({ label: 'steps' });
      steps.forEach((_step, i) => {
        for (const dispatch of dispatches) {
          const ready = required(prepared.get(dispatch), `compiled kernel for "${dispatch.label}"`);
          encodeDispatch(pass, dispatch, ready, stepGroup, i * STEP_STRIDE);
        }
      });
      pass.end();
      const finish = readBack.encode(encoder, arenas, read);
      device.queue.submit([encoder.finish()]);
      return finish();
    },
    dispose,
  };
}

function without(sizes: Plan['arenas'], shared: Arenas): Plan['arenas'] {
  return Object.fromEntries(Object.entries(sizes).filter(([arena]) => !(arena in shared)));
}

async function prepare(
  device: GPUDevice,
  pipelines: PipelineCache,
  dispatches: readonly Dispatch[],
  arenas: Arenas,
): Promise<Map<Dispatch, Prepared>> {
  const entries = dispatches.map(async (dispatch): Promise<[Dispatch, Prepared]> => {
    const { pipeline, layout, shader } = await pipelines.get(dispatch);
    const bindGroup = bind(device, dispatch, layout, shader, arenas);
    return [dispatch, { pipeline, bindGroup, usesStep: shader.usesStep }];
  });
  return new Map(await Promise.all(entries));
}

function bind(
  device: GPUDevice,
  dispatch: Dispatch,
  layout: GPUBindGroupLayout,
  shader: Shader,
  arenas: Arenas,
): GPUBindGroup {
  const entries = Object.entries(dispatch.bindings).map(([name, { arena, offset, length }]) => {
    const buffer = bufferOf(arenas, arena);
    // Bind exactly the tensor, because shaders learn the batch size from the length of a binding.
    const size = Math.min(length * 4, buffer.size - offset * 4);
    return { binding: bindingOf(shader, dispatch, name).index, resource: { buffer, offset: offset * 4, size } };
  });
  return device.createBindGroup({ label: dispatch.label, layout, entries });
}

function encodeDispatch(
  pass: GPUComputePassEncoder,
  dispatch: Dispatch,
  prepared: Prepared,
  stepGroup: GPUBindGroup,
  offset: number,
) {
  pass.setPipeline(prepared.pipeline);
  pass.setBindGroup(0, prepared.bindGroup);
  if (prepared.usesStep) pass.setBindGroup(1, stepGroup, [offset]);
  pass.dispatchWorkgroups(...dispatch.workgroups);
}
