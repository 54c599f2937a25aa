import type { KernelProfile, KernelTime } from './api';
import { measureFloor } from './floor';
import { timeKernels } from './kernel-timer';
import { openOurs } from './ours';
import { fetchWork } from './work';

const WARM_UP_STEPS = 2;

/**
 * Trains the network of a row with our engine. Times each of its dispatches, and what the adapter
 * can do at best.
 */
export async function profileRow(row: string, steps: number): Promise<KernelProfile> {
  const timer = timeKernels();
  let device: GPUDevice | undefined;
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    device = await requestDevice.call(this, descriptor);
    return device;
  };
  const peer = await openOurs();
  const floors = await measureFloor(device!, timer);
  const trainer = await peer.create(await fetchWork(row));
  await trainer.run(WARM_UP_STEPS);
  await timer.collect();
  const measured: KernelTime[][] = [];
  while (measured.length < steps) {
    await trainer.run(1);
    measured.push(await timer.collect());
  }
  return { adapter: peer.name, floors, steps: measured };
}
