import { PlaygroundError } from '../../errors';
import type { ResolvedModel } from '../../model/resolve';
import { planForward } from '../../plan/plan';
import { createBuffers } from './arenas';
import { bufferLimit } from './device';
import type { GpuContext } from './gpu-context';
import { batchAside } from './plan-memory';
import { createProgram, type Program } from './program';

/**
 * Computes logits of rows of the data set with the given weights. The work runs in chunks, between
 * which training can continue.
 * @param parameters a snapshot of the weights, in the layout of the plan
 * @param chunk images per submit, if there is room for them
 * @returns [rows, classes]. If `cancelled` returns true, it stops early and the rest is 0.
 */
export async function evaluateOnGpu(
  { gpu, pipelines, data }: GpuContext,
  model: ResolvedModel,
  parameters: GPUBuffer,
  set: 'train' | 'test',
  rows: Uint32Array,
  chunk: number,
  cancelled: () => boolean,
  onProgress?: (share: number) => void,
): Promise<Float32Array> {
  if (!data)
    throw new PlaygroundError('there is no data to evaluate on yet.', { remedy: 'Wait until the data set is loaded.' });
  const logits = new Float32Array(rows.length * model.classes);
  if (cancelled() || rows.length === 0) return logits;
  const options = { tuning: gpu.tuning, training: false };
  const batchSize = batchAside(model, options, chunk, bufferLimit(gpu.device));
  const plan = planForward(model, { ...options, batchSize });
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
  const [order] = await createBuffers(gpu.device, [{ label: 'evaluation order', size: rows.length * 4, usage }]);
  gpu.device.queue.writeBuffer(order, 0, rows as Uint32Array<ArrayBuffer>);
  let program: Program | undefined;
  try {
    const dispatches = [plan.gather, ...plan.forward];
    program = await createProgram(gpu, pipelines, plan, dispatches, {
      parameters,
      order,
      images: data[set].images,
      labels: data[set].labels,
    });
    for (let offset = 0; offset < rows.length && !cancelled(); offset += batchSize) {
      const count = Math.min(batchSize, rows.length - offset);
      const [values] = await program.submit([{ offset, count }], dispatches, [plan.logits]);
      logits.set(values.subarray(0, count * model.classes), offset * model.classes);
      onProgress?.((offset + count) / rows.length);
    }
    return logits;
  } finally {
    program?.dispose();
    order.destroy();
  }
}
