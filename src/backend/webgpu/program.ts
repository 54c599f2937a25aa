import type { Dispatch, TensorRef } from '../../plan/kernels/launch';
import type { Plan } from '../../plan/plan';
import { MAX_STEPS_PER_SUBMIT } from '../../plan/update';
import { createArenas, type Arenas } from './arenas';
import type { Gpu } from './device';
import { STEP_BYTES, type PipelineCache } from './pipelines';
import { createReadBack } from './read-back';

/** What the shaders' `Step` holds besides the slot; see step.wgsl. */
export interface StepRecord {
  offset: number;
  count: number;
  number: number;
  seed: number;
  learningRate: number;
  momentum: number;
  beta2: number;
  epsilon: number;
  weightDecay: number;
  l2: number;
  clipNorm: number;
}

/** A plan on a GPU: its memory and its compiled kernels. */
export interface Program {
  readonly arenas: Arenas;
  write(tensor: TensorRef, data: Float32Array | Uint32Array): void;
  /**
   * Makes sure that there is memory for reading so much. @throws PlaygroundError if there is not.
   */
  reserve(read: readonly TensorRef[]): Promise<void>;
  /**
   * Runs the dispatches once per step in one submit, at most {@link MAX_STEPS_PER_SUBMIT} times,
   * and reads tensors back after the last. Resolves when the numbers are here; later submits need
   * not wait for that.
   */
  submit(
    steps: readonly StepRecord[],
    dispatches: readonly Dispatch[],
    read: readonly TensorRef[],
  ): Promise<Float32Array<ArrayBuffer>[]>;
  dispose(): void;
}

interface Prepared {
  pipeline: GPUComputePipeline;
  bindGroup: GPUBindGroup;
}

/** WebGPU's alignment of dynamic uniform offsets. */
const STEP_STRIDE = 256;

/**
 * Allocates what the plan needs beyond the shared arenas, and compiles its kernels side by side.
 * @throws PlaygroundError if it does not fit or does not compile.
 */
export async function createProgram(gpu: Gpu, pipelines: PipelineCache, plan: Plan, shared: Arenas): Promise<Program> {
  const { device } = gpu;
  const own = await createArenas(device, without(plan.arenas, shared));
  const arenas: Arenas = { ...own, ...shared };
  const stepBuffer = device.createBuffer({
    label: 'steps',
    size: STEP_STRIDE * MAX_STEPS_PER_SUBMIT,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  const stepGroup = device.createBindGroup({
    label: 'step',
    layout: pipelines.stepLayout,
    entries: [{ binding: 0, resource: { buffer: stepBuffer, size: STEP_BYTES } }],
  });
  const readBack = createReadBack(device);
  const dispose = () => {
    for (const buffer of [...Object.values(own), stepBuffer]) buffer.destroy();
    readBack.dispose();
  };
  const prepared = await prepare(device, pipelines, plan, arenas).catch((error: unknown) => {
    dispose();
    throw error;
  });
  if (plan.tables.length > 0) device.queue.writeBuffer(arenas.tables!, 0, plan.tables);

  return {
    arenas,
    write({ arena, offset }, data) {
      device.queue.writeBuffer(arenas[arena]!, offset * 4, data as Float32Array<ArrayBuffer>);
    },
    reserve: (read) => readBack.reserve(read),
    submit(steps, dispatches, read) {
      device.queue.writeBuffer(stepBuffer, 0, packSteps(steps));
      const encoder = device.createCommandEncoder({ label: 'steps' });
      const pass = encoder.beginComputePass({ label: 'steps' });
      steps.forEach((_step, i) => {
        for (const dispatch of dispatches)
          encodeDispatch(pass, dispatch, prepared.get(dispatch)!, stepGroup, i * STEP_STRIDE);
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
  plan: Plan,
  arenas: Arenas,
): Promise<Map<Dispatch, Prepared>> {
  const { gather, forward, backward, update } = plan;
  const ends = update ? [update.finish, update.record, ...update.optimize] : [];
  // A plan whose caller writes the input itself has no data set to gather from.
  const all = [arenas.images ? gather : null, ...forward, ...backward, ...ends].filter((dispatch) => dispatch !== null);
  const entries = all.map(async (dispatch): Promise<[Dispatch, Prepared]> => {
    const { pipeline, layout } = await pipelines.get(dispatch);
    return [dispatch, { pipeline, bindGroup: bind(device, dispatch, layout, arenas) }];
  });
  return new Map(await Promise.all(entries));
}

function bind(
  device: GPUDevice,
  { label, bindings }: Dispatch,
  layout: GPUBindGroupLayout,
  arenas: Arenas,
): GPUBindGroup {
  const entries = bindings.map(({ index, tensor: { arena, offset, length } }) => {
    const buffer = arenas[arena]!;
    // Exactly the tensor: shaders learn the batch size from the length of a binding.
    const size = Math.min(length * 4, buffer.size - offset * 4);
    return { binding: index, resource: { buffer, offset: offset * 4, size } };
  });
  return device.createBindGroup({ label, layout, entries });
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
  if (dispatch.usesStep) pass.setBindGroup(1, stepGroup, [offset]);
  pass.dispatchWorkgroups(...dispatch.workgroups);
}

function packSteps(steps: readonly StepRecord[]): ArrayBuffer {
  const buffer = new ArrayBuffer(STEP_STRIDE * steps.length);
  steps.forEach((step, slot) => {
    const { learningRate, momentum, beta2, epsilon, weightDecay, l2, clipNorm } = step;
    new Uint32Array(buffer, slot * STEP_STRIDE, 5).set([step.offset, step.count, step.number, slot, step.seed]);
    new Float32Array(buffer, slot * STEP_STRIDE + 20, 7).set([
      learningRate,
      momentum,
      beta2,
      epsilon,
      weightDecay,
      l2,
      clipNorm,
    ]);
  });
  return buffer;
}
