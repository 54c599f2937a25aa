import { tensorOf } from '../loop/tensors';
import { PlaygroundError } from '../../errors';
import type { Tensor, Weights } from '../../model/initialize';
import { isTrainable } from '../../model/layer-kind';
import type { WeightName } from '../../model/shape';
import type { ResolvedModel } from '../../model/resolve';
import type { Session } from '../session/session';
import type { Account } from '../loop/work-clock';
import type { BatchUpdate, TensorUpdate, UpdatedEntry } from '../wire/trace-types';

/** How many numbers of each tensor are shown. */
const ENTRIES = 5;

/**
 * Trains on the traced batch. This is a normal training step, which the charts show too.
 * @param account is charged for reading the network before and after; the step itself is training
 * @param traced run and step of the trace
 * @throws PlaygroundError if the network has moved on since, or cannot be trained.
 */
export async function updateOnTrace(
  session: Session,
  account: Account,
  traced: { runId: number; step: number },
): Promise<BatchUpdate> {
  const run = await session.settledRun();
  const trainer = run.requireTrainer();
  const network = run.askedBy(account);
  const isNext = () => session.holds(run) && run.id === traced.runId && !run.training && run.step + 1 === traced.step;
  if (!isNext()) throw movedOn();
  const before = await session.host.guard(network.getWeights());
  const { loss, halted } = await session.begin(async () => {
    if (!isNext()) throw movedOn();
    return trainer.train({ steps: 1, collect: true });
  });
  const asked = Promise.all([network.getWeights(), network.getGradients()]);
  const [after, gradients] = await session.host.guard(asked);
  if (!session.holds(run) || (!halted && run.step !== traced.step)) throw movedOn();
  const tensors = compareWeights(run.model, before, after, gradients);
  const gradientNorm = Math.hypot(...tensors.map(({ norms }) => norms.gradient ?? 0));
  return { ...traced, tensors, loss: loss[0] ?? NaN, gradientNorm, halted: halted !== undefined };
}

const movedOn = () =>
  new PlaygroundError('the network has moved on since this batch was looked at.', {
    remedy: 'Take the next batch and step through that.',
  });

/**
 * Compares every tensor of the network before and after a step.
 * @param gradients of that step; running averages have none
 */
function compareWeights(model: ResolvedModel, before: Weights, after: Weights, gradients: Weights): TensorUpdate[] {
  return model.layers.flatMap(({ id, weights }) =>
    weights.map((spec) => {
      const gradient = isTrainable(spec) ? gradients[id]?.[spec.name] : undefined;
      return compareTensor(id, spec.name, tensorOf(before[id], spec.name), tensorOf(after[id], spec.name), gradient);
    }),
  );
}

function compareTensor(
  layer: string,
  name: WeightName,
  before: Tensor,
  after: Tensor,
  gradient?: Tensor,
): TensorUpdate {
  const change = Float64Array.from(after.data, (value, i) => value - (before.data[i] ?? NaN));
  const entries = largest(change, ENTRIES).map((i): UpdatedEntry => ({
    place: placeOf(i, before.shape),
    before: before.data[i] ?? NaN,
    ...(gradient && { gradient: gradient.data[i] ?? NaN }),
    change: change[i] ?? NaN,
    after: after.data[i] ?? NaN,
  }));
  const norms = {
    before: norm(before.data),
    ...(gradient && { gradient: norm(gradient.data) }),
    change: norm(change),
    after: norm(after.data),
  };
  return { layer, name, shape: before.shape, norms, entries };
}

/** Places of the values that are largest in absolute value, in descending order. */
function largest(values: Float64Array, count: number): number[] {
  const found: number[] = [];
  const sizeAt = (i: number) => Math.abs(values[i] ?? NaN);
  for (let i = 0; i < values.length; i++) {
    const least = found[count - 1];
    if (least !== undefined && !(sizeAt(i) > sizeAt(least))) continue;
    const at = found.findIndex((other) => sizeAt(i) > sizeAt(other));
    found.splice(at < 0 ? found.length : at, 0, i);
    if (found.length > count) found.pop();
  }
  return found;
}

/** Splits a flat index in row-major order into one index per dimension. */
function placeOf(index: number, shape: readonly number[]): number[] {
  const place: number[] = [];
  let rest = index;
  for (const length of shape.toReversed()) {
    place.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return place;
}

function norm(values: Float32Array | Float64Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}
