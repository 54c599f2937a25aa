import { perItem, type Arena, type Dispatch, type TensorRef } from '../model/kernel';
import type { NormSlot } from '../model/norm-slots';
import { padded, type Allocator } from './allocator';
import type { LayerPlan } from './layers';
import type { ParameterLayout } from './parameters';
import type { PlanOptions } from './plan';

/** Threads that share a chunk; see gradients.wgsl. */
const LANES = 16;
/** A tensor is cut into this many chunks at most, of this many elements at least. */
const MAX_CHUNKS = 64;
const MIN_CHUNK = 1024;
/** Words of one entry of the chunk table; see `Chunk` in gradients.wgsl. */
const CHUNK_WORDS = 5;
/** loss, accuracy, halted; see metrics.wgsl. */
export const RECORD_HEADER = 3;
/** Steps that one submit can hold: records in the arenas `metrics` and step uniforms. */
export const MAX_STEPS_PER_SUBMIT = 64;

/** The end of a step: gradients finished and measured, the record written, the weights updated. */
export interface Update {
  /** Chunk table and slot table, for the arena `tables`. */
  tables: Uint32Array<ArrayBuffer>;
  /** Tensors whose gradient norms each record holds, in depth order: weight, bias and output of every layer from the first trainable one on. */
  slots: NormSlot[];
  /** Elements of one record in `metrics`. */
  recordLength: number;
  finish: Dispatch;
  record: Dispatch;
  /** Null where the plan stops at the gradients. */
  optimize: Dispatch | null;
}

/** What one chunk table entry says, before it is packed. */
interface Chunk {
  source: number;
  destination: number;
  length: number;
  splits: number;
  stride: number;
}

export function planUpdate(
  layers: LayerPlan[],
  parameters: ParameterLayout,
  losses: TensorRef,
  allocator: Allocator,
  options: PlanOptions,
): Update {
  const { chunks, slots, ranges } = layOutChunks(layers, parameters);
  const chunkTable = allocator.allocate('tables', chunks.length * CHUNK_WORDS);
  const slotTable = allocator.allocate('tables', ranges.length * 2);
  const squares = allocator.allocate('statistics', chunks.length * LANES);
  const recordLength = RECORD_HEADER + slots.length;
  const metrics = allocator.allocate('metrics', MAX_STEPS_PER_SUBMIT * recordLength);
  const state = allocator.allocate('state', 1);
  if (!allocator.sizes.partials) allocator.allocate('partials', 1);
  const tables = new Uint32Array(slotTable.offset + padded(slotTable.length));
  chunks.forEach((c, i) => tables.set([c.source, c.destination, c.length, c.splits, c.stride], chunkTable.offset + i * CHUNK_WORDS));
  ranges.forEach(([first, count], i) => tables.set([first * LANES, count * LANES], slotTable.offset + i * 2));
  const all = (arena: Arena): TensorRef => ({ arena, offset: 0, length: Infinity });
  return {
    tables,
    slots,
    recordLength,
    finish: perItem(chunks.length * LANES, options.tuning, {
      label: 'finish gradients',
      shader: 'gradients',
      entryPoint: 'finish',
      constants: {},
      bindings: [
        [0, chunkTable, 'read'],
        [1, all('partials'), 'read'],
        [2, all('activationGradients'), 'read'],
        [3, all('gradients'), 'read_write'],
        [4, squares, 'read_write'],
      ],
    }),
    record: {
      label: 'record metrics',
      shader: 'metrics',
      entryPoint: 'record',
      constants: { SLOTS: slots.length },
      bindings: [
        { index: 0, tensor: losses, access: 'read' },
        { index: 1, tensor: squares, access: 'read' },
        { index: 2, tensor: slotTable, access: 'read' },
        { index: 3, tensor: metrics, access: 'read_write' },
        { index: 4, tensor: state, access: 'read_write' },
      ],
      workgroups: [1, 1, 1],
      usesStep: true,
    },
    optimize: options.depth === 'train' ? planOptimizer(parameters, state, options) : null,
  };
}

/** Cuts every gradient into chunks, and says which run of chunks belongs to which slot. */
function layOutChunks(layers: LayerPlan[], parameters: ParameterLayout) {
  const chunks: Chunk[] = [];
  const slots: Update['slots'] = [];
  const ranges: [number, number][] = [];
  const measured = new Map<number, [number, number]>();
  const cut = (whole: Chunk): [number, number] => {
    const first = chunks.length;
    const size = Math.max(MIN_CHUNK, Math.ceil(whole.length / MAX_CHUNKS));
    for (let at = 0; at < whole.length; at += size) {
      const length = Math.min(size, whole.length - at);
      chunks.push({ ...whole, source: whole.source + at, destination: whole.destination + at, length });
    }
    return [first, chunks.length - first];
  };
  for (const layer of layers) {
    for (const { name, tensor, splits } of layer.partials) {
      const { offset, length } = parameters.tensors.find((one) => one.layer === layer.id && one.name === name)!;
      slots.push({ layer: layer.id, tensor: name });
      ranges.push(cut({ source: tensor.offset, destination: offset, length, splits, stride: length }));
    }
    // Before the first trainable layer no gradient is computed: nobody has a use for it.
    if (slots.length === 0) continue;
    slots.push({ layer: layer.id, tensor: 'output' });
    // A view has the gradient of its input: measured once, shown twice.
    const { offset, length } = layer.dy;
    const range = measured.get(offset) ?? cut({ source: offset, destination: 0, length, splits: 0, stride: 0 });
    measured.set(offset, range);
    ranges.push(range);
  }
  return { chunks, slots, ranges };
}

function planOptimizer({ length }: ParameterLayout, state: TensorRef, { optimizer = 'sgd', tuning }: PlanOptions): Dispatch {
  const arena = (name: Arena): TensorRef => ({ arena: name, offset: 0, length });
  const dispatch = perItem(length / 4, tuning, {
    label: `${optimizer} update`,
    shader: 'optimizer',
    entryPoint: optimizer,
    constants: {},
    bindings: [
      [0, arena('gradients'), 'read'],
      [1, state, 'read'],
      [2, arena('parameters'), 'read_write'],
    ],
    usesStep: true,
  });
  const moments = { sgd: [], momentum: ['moment1'], adam: ['moment1', 'moment2'] }[optimizer] as Arena[];
  moments.forEach((name, i) => dispatch.bindings.push({ index: 3 + i, tensor: arena(name), access: 'read_write' }));
  return dispatch;
}
