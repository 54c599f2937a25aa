import { at } from '../at';
import type { NormSlot } from '../model/norm-slots';
import type { Allocator } from './allocator';
import { wholeArena, type Dispatch, type TensorRef, type Tuning } from './dispatch';
import { perItem } from './kernels/launch';
import { parameterRef, type ParameterLayout } from './parameters';
import type { GradientLayer } from './plan-types';
import type { Table } from './tables';

/** Threads that share a chunk; see gradients.wgsl. */
export const LANES = 16;
/** A tensor is cut into this many chunks at most, of this many elements at least. */
const MAX_CHUNKS = 64;
const MIN_CHUNK = 1024;
/** Words of the sums of squares of a thread: three, and a fourth that is padding; see norms.wgsl. */
const SUM_WORDS = 4;
/** Words of one entry of the chunk table; see `Chunk` in gradients.wgsl. */
const CHUNK_WORDS = 6;

/** One entry of the chunk table, before it is packed. */
interface Chunk {
  source: number;
  destination: number;
  length: number;
  splits: number;
  stride: number;
  /** 1 where L2 regularisation applies. */
  regularized: number;
}

/** A run of chunks: the first, and how many. */
type ChunkRange = readonly [first: number, count: number];

/** A tensor whose gradient is measured, with its chunks. */
export interface MeasuredSlot {
  slot: NormSlot;
  chunks: ChunkRange;
}

/** The launch that finishes the gradients of all layers, and its results for the record. */
export interface Finish {
  dispatch: Dispatch;
  /** The list of chunks, for the arena `tables`. */
  table: Table;
  /** Sums of squares, [chunks, LANES, SUM_WORDS]. */
  squares: TensorRef;
  slots: MeasuredSlot[];
}

/** Cuts every gradient into chunks, which one launch adds up and measures. */
export function planFinish(
  layers: readonly GradientLayer[],
  parameters: ParameterLayout,
  allocator: Allocator,
  tuning: Tuning,
): Finish {
  const { chunks, slots } = layOutChunks(layers, parameters);
  // A network with nothing to train has no chunks. WebGPU binds no empty tensor, so it gets one chunk
  // of length 0.
  const count = Math.max(1, chunks.length);
  const place = allocator.allocate('tables', count * CHUNK_WORDS);
  const squares = allocator.allocate('statistics', count * LANES * SUM_WORDS);
  // A network without weights has no partial sums, but the launch still binds their arena.
  if (!allocator.sizes.partials) allocator.allocate('partials', 1);
  const words = chunks.flatMap((c) => [c.source, c.destination, c.length, c.splits, c.stride, c.regularized]);
  const dispatch = perItem(chunks.length * LANES, tuning, {
    label: 'finish gradients',
    shader: 'gradients',
    entryPoint: 'finish',
    constants: {},
    bindings: {
      chunks: place,
      partials: wholeArena('partials'),
      activationGradients: wholeArena('activationGradients'),
      gradients: wholeArena('gradients'),
      squares,
      parameters: wholeArena('parameters'),
    },
  });
  return { dispatch, table: { place, words: Uint32Array.from(words) }, squares, slots };
}

/** Cuts every gradient into chunks, and says which run of chunks belongs to which slot. */
function layOutChunks(layers: readonly GradientLayer[], parameters: ParameterLayout) {
  const chunks: Chunk[] = [];
  const slots: MeasuredSlot[] = [];
  const measured = new Map<number, ChunkRange>();
  const rangeOfOutput = (l: number): ChunkRange => {
    const { normOfNext, dy } = at(layers, l);
    if (normOfNext) return rangeOfOutput(l + 1);
    // A view has the same gradient as its input. It is measured once and shown twice.
    const { offset: source, length } = dy;
    const known = measured.get(source);
    if (known) return known;
    const range = cut(chunks, { source, destination: 0, length, splits: 0, stride: 0, regularized: 0 });
    measured.set(source, range);
    return range;
  };
  layers.forEach(({ id, partials }, l) => {
    for (const { name, tensor, splits } of partials) {
      const { offset: destination, length } = parameterRef(parameters, id, name);
      const regularized = Number(name === 'weight');
      const whole = { source: tensor.offset, destination, length, splits, stride: length, regularized };
      slots.push({ slot: { layer: id, tensor: name }, chunks: cut(chunks, whole) });
    }
    // No gradient is computed before the first trainable layer, because nothing needs it.
    if (slots.length > 0) slots.push({ slot: { layer: id, tensor: 'output' }, chunks: rangeOfOutput(l) });
  });
  return { chunks, slots };
}

/** Adds the chunks of one tensor to the list. */
function cut(chunks: Chunk[], whole: Chunk): ChunkRange {
  const first = chunks.length;
  // Chunks hold whole vec4s, because the shader reads output gradients as vec4s.
  const size = Math.max(MIN_CHUNK, 4 * Math.ceil(whole.length / MAX_CHUNKS / 4));
  for (let at = 0; at < whole.length; at += size) {
    const length = Math.min(size, whole.length - at);
    chunks.push({ ...whole, source: whole.source + at, destination: whole.destination + at, length });
  }
  return [first, chunks.length - first];
}
