import { binaryBytes } from '../../model/bytes';
import { OPTIMIZERS, type OptimizerKind } from '../../model/optimizers';
import type { ResolvedModel } from '../../model/resolve';
import { sizeOf } from '../../model/shape';
import { networkMemory } from '../../reference/network-memory';
import { noBytes, totalOf, type MemoryModel, type MemoryNeed } from '../estimate';

/**
 * Memory that a page may reasonably take. A browser gives a tab more, but then other pages and the
 * machine itself suffer.
 */
const MOST_BYTES = 2 ** 31;

/**
 * The memory of a training step on the reference.
 * @param images to train on; 0 if there are none yet
 */
export function cpuMemory(model: ResolvedModel, optimizer: OptimizerKind, images: number): MemoryModel {
  return {
    limits: { buffer: Infinity, total: MOST_BYTES },
    needAt: (batchSize) => needAt(model, optimizer, batchSize, images),
    describe: (need) =>
      `${binaryBytes(totalOf(need))} of memory; without a GPU at most ${binaryBytes(MOST_BYTES)} are used.`,
  };
}

function needAt(model: ResolvedModel, optimizer: OptimizerKind, batchSize: number, images: number): MemoryNeed {
  const network = networkMemory(model, batchSize);
  const bytes = {
    ...noBytes(),
    weights: network.weights,
    gradients: network.gradients,
    'optimizer state': 4 * OPTIMIZERS[optimizer].moments * model.parameters,
    // The images of the batch count as the first activations.
    activations: network.activations + 4 * batchSize * sizeOf(model.spec.input),
    'activation gradients': network.activationGradients,
    workspace: network.workspace,
    // The labels, and the order of the images.
    bookkeeping: batchSize + 4 * images,
  };
  const layers = model.layers.map(({ weights, outputShape }) => {
    const tensors = [...weights.map(({ shape }) => sizeOf(shape)), batchSize * sizeOf(outputShape)];
    return 4 * Math.max(...tensors);
  });
  const all = Object.entries(bytes) as [keyof typeof bytes, number][];
  const [use, most] = all.reduce((largest, one) => (one[1] > largest[1] ? one : largest));
  return { bytes, largestBuffer: { use, bytes: most }, layers };
}
