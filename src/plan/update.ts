import { OPTIMIZERS, type OptimizerKind } from '../model/optimizers';
import type { Allocator } from './allocator';
import type { Arena, Dispatch, TensorRef } from './dispatch';
import { LANES, type Finish } from './finish';
import { perItem } from './kernels/launch';
import type { ParameterLayout } from './parameters';
import type { TrainingOptions, Update } from './plan-types';
import type { Table } from './tables';

/** Words of one entry of the slot table; see `Slot` in metrics.wgsl. */
const SLOT_WORDS = 3;
/** loss, accuracy, halted; see metrics.wgsl. */
export const RECORD_HEADER = 3;
/** The most steps in one submit: the arena `metrics` and the step uniforms have room for these. */
export const MAX_STEPS_PER_SUBMIT = 64;

type MomentArena = 'moment1' | 'moment2';

/** Arenas that each optimizer keeps besides the weights. They start at zero. */
export const MOMENTS = Object.fromEntries(
  Object.entries(OPTIMIZERS).map(([kind, { moments }]) => [kind, (['moment1', 'moment2'] as const).slice(0, moments)]),
) as Record<OptimizerKind, MomentArena[]>;

/** Plans the end of a training step: the record of its results, and the update of the weights. */
export function planUpdate(
  { slots, squares }: Finish,
  losses: TensorRef,
  parameters: ParameterLayout,
  allocator: Allocator,
  options: TrainingOptions,
): { update: Update; tables: Table[] } {
  // Without anything to train there are no slots, but the launch still binds the table.
  const slotTable = allocator.allocate('tables', Math.max(1, slots.length) * SLOT_WORDS);
  const recordLength = RECORD_HEADER + slots.length;
  const metrics = allocator.allocate('metrics', MAX_STEPS_PER_SUBMIT * recordLength);
  const state = allocator.allocate('state', 2);
  const averages = planAverages(parameters, state, allocator, options);
  const optimizer = planOptimizer(parameters, state, options);
  const record: Dispatch = {
    label: 'record metrics',
    shader: 'metrics',
    entryPoint: 'record',
    constants: { SLOTS: slots.length },
    bindings: { result: losses, squares, slots: slotTable, metrics, state },
    workgroups: [1, 1, 1],
  };
  const optimize = averages ? [optimizer, averages.dispatch] : [optimizer];
  const words = slots.flatMap(({ slot, chunks: [first, count] }) => [
    first * LANES,
    count * LANES,
    Number(slot.tensor !== 'output'),
  ]);
  const own: Table = { place: slotTable, words: Uint32Array.from(words) };
  return {
    update: { slots: slots.map(({ slot }) => slot), metrics, recordLength, record, optimize },
    tables: averages ? [own, averages.table] : [own],
  };
}

/** One launch for the weights of all layers. */
function planOptimizer(
  { trainable }: ParameterLayout,
  state: TensorRef,
  { optimizer, tuning }: TrainingOptions,
): Dispatch {
  const arena = (name: Arena): TensorRef => ({ arena: name, offset: 0, length: trainable });
  const moments = Object.fromEntries(MOMENTS[optimizer].map((name) => [name, arena(name)]));
  return perItem(trainable / 4, tuning, {
    label: `${optimizer} update`,
    shader: 'optimizer',
    entryPoint: optimizer,
    constants: {},
    bindings: { gradients: arena('gradients'), state, parameters: arena('parameters'), ...moments },
  });
}

/** One launch for the running averages of all layers; null where there are none. */
function planAverages(
  { tensors, trainable, length }: ParameterLayout,
  state: TensorRef,
  allocator: Allocator,
  { tuning }: TrainingOptions,
): { dispatch: Dispatch; table: Table } | null {
  const averaged = tensors.flatMap(({ averageMomentum, ...tensor }) =>
    averageMomentum === undefined ? [] : [{ ...tensor, averageMomentum }],
  );
  if (averaged.length === 0) return null;
  const behind = (arena: Arena): TensorRef => ({ arena, offset: trainable, length: length - trainable });
  const place = allocator.allocate('tables', length - trainable);
  const momentums = new Float32Array(length - trainable);
  for (const { offset, length: count, averageMomentum } of averaged) {
    momentums.fill(averageMomentum, offset - trainable, offset - trainable + count);
  }
  const dispatch = perItem(place.length / 4, tuning, {
    label: 'running averages',
    shader: 'averages',
    entryPoint: 'update',
    constants: {},
    bindings: {
      batchValues: behind('gradients'),
      state,
      averages: behind('parameters'),
      momentums: place,
    },
  });
  return { dispatch, table: { place, words: new Uint32Array(momentums.buffer) } };
}
