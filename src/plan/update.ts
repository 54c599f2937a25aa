import { perItem, type Arena, type Dispatch, type TensorRef } from './kernels/launch';
import { isTrainable } from '../model/layer-kind';
import type { NormSlot } from '../model/norm-slots';
import { OPTIMIZERS, type OptimizerKind } from '../model/optimizers';
import type { Allocator } from './allocator';
import type { LayerPlan } from './layers';
import type { ParameterLayout } from './parameters';
import type { PlanOptions } from './plan';

/** Threads that share a chunk; see gradients.wgsl. */
const LANES = 16;
/** A tensor is cut into this many chunks at most, of this many elements at least. */
const MAX_CHUNKS = 64;
const MIN_CHUNK = 1024;
/** Words of one entry of the chunk table; see `Chunk` in gradients.wgsl. */
const CHUNK_WORDS = 6;
/** Words of one entry of the slot table; see `Slot` in metrics.wgsl. */
const SLOT_WORDS = 3;
/** loss, accuracy, halted; see metrics.wgsl. */
export const RECORD_HEADER = 3;
/** Steps that one submit can hold: records in the arenas `metrics` and step uniforms. */
export const MAX_STEPS_PER_SUBMIT = 64;

/** Arenas that each optimizer keeps besides the weights, from zero on. */
export const MOMENTS = Object.fromEntries(
  Object.entries(OPTIMIZERS).map(([kind, { moments }]) => [kind, (['moment1', 'moment2'] as const).slice(0, moments)]),
) as Record<OptimizerKind, ('moment1' | 'moment2')[]>;

/** The end of a step: gradients finished and measured, the record written, the weights updated. */
export interface Update {
  /** Chunk table and slot table, for the arena `tables`. */
  tables: Uint32Array<ArrayBuffer>;
  /**
   * Tensors whose gradient norms each record holds, in depth order: weight, bias and output of
   * every layer from the first trainable one on.
   */
  slots: NormSlot[];
  /** Elements of one record in `metrics`. */
  recordLength: number;
  finish: Dispatch;
  record: Dispatch;
  /**
   * Updates of the weights and of the running averages; none where the plan stops at the gradients.
   */
  optimize: Dispatch[];
}

/** What one chunk table entry says, before it is packed. */
interface Chunk {
  source: number;
  destination: number;
  length: number;
  splits: number;
  stride: number;
  /** 1 where L2 regularisation applies. */
  regularized: number;
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
  const slotTable = allocator.allocate('tables', ranges.length * SLOT_WORDS);
  const squares = allocator.allocate('statistics', chunks.length * LANES);
  const recordLength = RECORD_HEADER + slots.length;
  const metrics = allocator.allocate('metrics', MAX_STEPS_PER_SUBMIT * recordLength);
  const state = allocator.allocate('state', 2);
  const optimize = options.depth === 'train' ? planOptimizer(parameters, state, options) : [];
  const averages = options.depth === 'train' ? planAverages(parameters, state, allocator, options) : null;
  if (!allocator.sizes.partials) allocator.allocate('partials', 1);
  const tables = new Uint32Array(allocator.sizes.tables!);
  chunks.forEach((c, i) => {
    const entry = [c.source, c.destination, c.length, c.splits, c.stride, c.regularized];
    tables.set(entry, chunkTable.offset + i * CHUNK_WORDS);
  });
  ranges.forEach(([first, count], i) => {
    const trained = Number(slots[i].tensor !== 'output');
    tables.set([first * LANES, count * LANES, trained], slotTable.offset + i * SLOT_WORDS);
  });
  if (averages) tables.set(new Uint32Array(averages.momentums.buffer), averages.table.offset);
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
        [5, all('parameters'), 'read'],
      ],
      usesStep: true,
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
    optimize: averages ? [...optimize, averages.dispatch] : optimize,
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
    // Whole vec4s, which the shader reads output gradients by.
    const size = Math.max(MIN_CHUNK, 4 * Math.ceil(whole.length / MAX_CHUNKS / 4));
    for (let at = 0; at < whole.length; at += size) {
      const length = Math.min(size, whole.length - at);
      chunks.push({ ...whole, source: whole.source + at, destination: whole.destination + at, length });
    }
    return [first, chunks.length - first];
  };
  const rangeOfOutput = (l: number): [number, number] => {
    if (layers[l].normOfNext) return rangeOfOutput(l + 1);
    // A view has the gradient of its input: measured once, shown twice.
    const { offset, length } = layers[l].dy;
    const range =
      measured.get(offset) ?? cut({ source: offset, destination: 0, length, splits: 0, stride: 0, regularized: 0 });
    measured.set(offset, range);
    return range;
  };
  layers.forEach((layer, l) => {
    for (const { name, tensor, splits } of layer.partials) {
      const { offset, length } = parameters.tensors.find((one) => one.layer === layer.id && one.name === name)!;
      slots.push({ layer: layer.id, tensor: name });
      const regularized = Number(name === 'weight');
      ranges.push(cut({ source: tensor.offset, destination: offset, length, splits, stride: length, regularized }));
    }
    // Before the first trainable layer no gradient is computed: nobody has a use for it.
    if (slots.length === 0) return;
    slots.push({ layer: layer.id, tensor: 'output' });
    ranges.push(rangeOfOutput(l));
  });
  return { chunks, slots, ranges };
}

function planOptimizer(
  { trainable }: ParameterLayout,
  state: TensorRef,
  { optimizer = 'sgd', tuning }: PlanOptions,
): Dispatch[] {
  const arena = (name: Arena): TensorRef => ({ arena: name, offset: 0, length: trainable });
  const moments = MOMENTS[optimizer].map(
    (name, i) => [3 + i, arena(name), 'read_write'] satisfies [number, TensorRef, 'read_write'],
  );
  const dispatch = perItem(trainable / 4, tuning, {
    label: `${optimizer} update`,
    shader: 'optimizer',
    entryPoint: optimizer,
    constants: {},
    bindings: [[0, arena('gradients'), 'read'], [1, state, 'read'], [2, arena('parameters'), 'read_write'], ...moments],
    usesStep: true,
  });
  return [dispatch];
}

/** One launch for the running averages of all layers; null where there are none. */
function planAverages(
  { tensors, trainable, length }: ParameterLayout,
  state: TensorRef,
  allocator: Allocator,
  { tuning }: PlanOptions,
) {
  const averaged = tensors.filter((tensor) => !isTrainable(tensor));
  if (averaged.length === 0) return null;
  const behind = (arena: Arena): TensorRef => ({ arena, offset: trainable, length: length - trainable });
  const table = allocator.allocate('tables', length - trainable);
  const momentums = new Float32Array(length - trainable);
  for (const { offset, length: count, averageMomentum } of averaged) {
    momentums.fill(averageMomentum!, offset - trainable, offset - trainable + count);
  }
  const dispatch = perItem(table.length / 4, tuning, {
    label: 'running averages',
    shader: 'averages',
    entryPoint: 'update',
    constants: {},
    bindings: [
      [0, behind('gradients'), 'read'],
      [1, state, 'read'],
      [2, behind('parameters'), 'read_write'],
      [3, table, 'read'],
    ],
  });
  return { table, momentums, dispatch };
}
