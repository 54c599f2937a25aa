import { at } from '../../../src/at';
import type { KernelTime } from './api';

export interface KernelTimer {
  /** Returns the dispatches since the last call, in order. Call it when they are done. */
  collect(): Promise<KernelTime[]>;
}

/** WebGPU's limit on the number of timestamps in one query set. */
const MOST_TIMESTAMPS = 4096;

/**
 * Puts every dispatch of this page into its own compute pass, with a timestamp before and after it.
 * It does so for any code that encodes dispatches, so the engine under test stays as it is. Has to
 * be called before a device is requested.
 */
export function timeKernels(): KernelTimer {
  const labels: string[] = [];
  let timestamps: Timestamps | null = null;
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (descriptor = {}) {
    const requiredFeatures = [...(descriptor.requiredFeatures ?? []), 'timestamp-query'] as GPUFeatureName[];
    const device = await requestDevice.call(this, { ...descriptor, requiredFeatures });
    timestamps = createTimestamps(device);
    return device;
  };
  const { beginComputePass } = GPUCommandEncoder.prototype;
  GPUCommandEncoder.prototype.beginComputePass = function () {
    return splitPass((pipelineLabel, groupLabel) => {
      const index = labels.push(groupLabel || pipelineLabel) - 1;
      const { querySet } = timestamps!;
      const timestampWrites = { querySet, beginningOfPassWriteIndex: 2 * index, endOfPassWriteIndex: 2 * index + 1 };
      return beginComputePass.call(this, { timestampWrites });
    });
  };
  return {
    async collect() {
      const ns = await timestamps!.read(labels.length);
      return labels.splice(0).map((label, i) => ({ label, ns: at(ns, i) }));
    },
  };
}

/**
 * A compute pass that begins a real pass for every dispatch. It supports the calls that the engine
 * and this page make.
 */
function splitPass(begin: (pipelineLabel: string, groupLabel: string) => GPUComputePassEncoder): GPUComputePassEncoder {
  let pipeline: GPUComputePipeline;
  const groups = new Map<number, { group: GPUBindGroup; offsets: number[] }>();
  const pass: Pick<GPUComputePassEncoder, 'setPipeline' | 'dispatchWorkgroups' | 'end'> & {
    setBindGroup: SetBindGroup;
  } = {
    setPipeline: (given) => void (pipeline = given),
    setBindGroup: (index, group, offsets = []) => void groups.set(index, { group, offsets }),
    dispatchWorkgroups(x, y, z) {
      const real = begin(pipeline.label, groups.get(0)?.group.label ?? '');
      real.setPipeline(pipeline);
      groups.forEach(({ group, offsets }, index) => real.setBindGroup(index, group, offsets));
      real.dispatchWorkgroups(x, y, z);
      real.end();
    },
    end() {},
  };
  return pass as unknown as GPUComputePassEncoder;
}

type SetBindGroup = (index: number, group: GPUBindGroup, offsets?: number[]) => void;

interface Timestamps {
  querySet: GPUQuerySet;
  /** Returns the ns between the timestamps of each pair. */
  read(pairs: number): Promise<number[]>;
}

function createTimestamps(device: GPUDevice): Timestamps {
  const querySet = device.createQuerySet({ type: 'timestamp', count: MOST_TIMESTAMPS });
  const size = MOST_TIMESTAMPS * 8;
  const resolved = device.createBuffer({ size, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
  const staging = device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  return {
    querySet,
    async read(pairs) {
      const encoder = device.createCommandEncoder();
      encoder.resolveQuerySet(querySet, 0, 2 * pairs, resolved, 0);
      encoder.copyBufferToBuffer(resolved, 0, staging, 0, 16 * pairs);
      device.queue.submit([encoder.finish()]);
      await staging.mapAsync(GPUMapMode.READ, 0, 16 * pairs);
      const values = new BigUint64Array(staging.getMappedRange(0, 16 * pairs).slice(0));
      staging.unmap();
      return Array.from({ length: pairs }, (_, i) => Number(at(values, 2 * i + 1) - at(values, 2 * i)));
    },
  };
}
