import matmul from './matmul.wgsl?raw';
import type { Floor } from './api';
import type { KernelTimer } from './kernel-timer';

const SIZE = 512;
const REPEATS = 12;
/** Rows and columns of one invocation's tile, and invocations per workgroup; see matmul.wgsl. */
const TILES = { tile4x4: [4, 4, 64], tile8x8: [8, 8, 32], tile8x16: [8, 16, 16] } as const;

/**
 * Measures how fast plain register-tiled matrix products run on the device. The fastest comes
 * first.
 */
export async function measureFloor(device: GPUDevice, timer: KernelTimer): Promise<Floor[]> {
  const module = device.createShaderModule({ label: 'matmul', code: matmul });
  const buffer = (fill: number) => {
    const made = device.createBuffer({
      size: SIZE * SIZE * 4,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
    });
    device.queue.writeBuffer(made, 0, new Float32Array(SIZE * SIZE).fill(fill));
    return made;
  };
  const buffers = [buffer(0.5), buffer(0.25), buffer(0)];
  const floors: Floor[] = [];
  for (const [entryPoint, [rows, columns, workgroup]] of Object.entries(TILES)) {
    const pipeline = await device.createComputePipelineAsync({
      label: entryPoint,
      layout: 'auto',
      compute: { module, entryPoint },
    });
    const entries = buffers.map((resource, binding) => ({ binding, resource: { buffer: resource } }));
    const group = device.createBindGroup({ label: entryPoint, layout: pipeline.getBindGroupLayout(0), entries });
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (let i = 0; i < REPEATS; i++) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups((SIZE * SIZE) / (rows * columns * workgroup));
    }
    pass.end();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    const times = (await timer.collect()).map(({ ns }) => ns);
    floors.push({ kernel: entryPoint, gflops: (2 * SIZE ** 3) / Math.min(...times) });
  }
  return floors.sort((a, b) => b.gflops - a.gflops);
}
