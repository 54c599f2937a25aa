import { at } from '../at';
import { byteScalingOf, type ByteScaling, type NetworkInput } from '../model/input-scaling';
import { sizeOf } from '../model/shape';
import type { Allocator } from './allocator';
import { wholeArena, type Dispatch, type TensorRef } from './dispatch';
import { gridOf } from './kernels/launch';
import type { PlanOptions } from './plan-types';
import type { Table } from './tables';

/** The launch that fills a batch, and the constants that it reads from the arena `tables`. */
export interface Gather {
  dispatch: Dispatch;
  tables: Table[];
}

/**
 * Plans how bytes of the data set become the input of the network, see gather.wgsl. Where all
 * channels are scaled alike, the scaling is a pair of shader constants; otherwise it is a table.
 * @param x [N, H, W, C]
 * @param labels [N]
 */
export function planGather(
  network: NetworkInput,
  x: TensorRef,
  labels: TensorRef,
  allocator: Allocator,
  { batchSize, tuning }: PlanOptions,
): Gather {
  const size = sizeOf(network.input);
  const scaling = byteScalingOf(network);
  const common = {
    label: 'gather batch',
    shader: 'gather',
    workgroups: gridOf(Math.ceil((batchSize * Math.ceil(size / 4)) / tuning.workgroup)),
  };
  const constants = { SIZE: size, WORKGROUP: tuning.workgroup };
  const bindings = {
    images: wholeArena('images'),
    labels: wholeArena('labels'),
    order: wholeArena('order'),
    x,
    target_: labels,
  };
  if (isShared(scaling)) {
    const shared = { MEAN: at(scaling.mean, 0), STD: at(scaling.std, 0) };
    const dispatch = { ...common, entryPoint: 'gather', constants: { ...constants, ...shared }, bindings };
    return { dispatch, tables: [] };
  }
  const channels = scaling.mean.length;
  const place = allocator.allocate('tables', 2 * channels);
  const dispatch = {
    ...common,
    entryPoint: 'gatherByChannel',
    constants: { ...constants, CHANNELS: channels },
    bindings: { ...bindings, scalings: place },
  };
  return { dispatch, tables: [{ place, words: wordsOf(scaling) }] };
}

const isShared = ({ mean, std }: ByteScaling) =>
  [mean, std].every((values) => values.every((one) => one === values[0]));

/** [C, 2]: mean and standard deviation of each channel, as the bits of float32. */
function wordsOf({ mean, std }: ByteScaling): Uint32Array {
  const pairs = Float32Array.from({ length: 2 * mean.length }, (_, i) => at(i % 2 === 0 ? mean : std, i >> 1));
  return new Uint32Array(pairs.buffer);
}
