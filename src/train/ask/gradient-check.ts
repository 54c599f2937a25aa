import { required } from '../../errors';
import { GRADIENT_CHECK } from '../../pace';
import type { Weights } from '../../model/initialize';
import { isTrainable } from '../../model/layer-kind';
import type { ResolvedModel } from '../../model/resolve';
import { createRandom, type Random } from '../../random';
import type { BackwardResult, Network } from '../../backend/engine';
import { createBreather } from '../../backend/cpu/event-loop';
import { chooseEntries } from './gradient-entries';
import { AGREES } from '../wire/gradient-faults';
import { createProbe, largestOf, type Probe } from './gradient-probe';
import type { GradientCheck } from '../wire/protocol';

export interface GradientCheckOptions {
  /** Entries looked at in each tensor; 18 if left out. */
  entries?: number;
  /** Milliseconds after which no further entry is begun; 8,000 if left out. */
  timeLimit?: number;
  /** Of the run: dropout draws from it. Entries are chosen by it too. */
  seed?: number;
  /** Told the share that is done, in 0..1. */
  onProgress?(fraction: number): void;
}

/** The images are blended with this much noise. */
const DITHER = 0.1;
/**
 * Gradients below this share of the largest one in their tensor, or below {@link SMALLEST}, are
 * compared with that floor instead of with themselves: under it float32 rounding and the rounding
 * of the difference quotient would be all that is seen.
 */
const FLOOR = 1e-2;
const SMALLEST = 1e-6;
/**
 * A tensor whose true gradient is 0 by construction (a bias before batch normalization, which takes
 * every mean away) has nothing but rounding in float32. There the floor is so many times what the
 * reference makes of it with float32 tensors: shaders, whose sums are in float32 too, were seen to
 * round a hundred times as much.
 */
const ROUNDING_MARGIN = 1e6;
/**
 * The float64 gradient is 0 by construction where it is that much smaller than its float32
 * rounding.
 */
const VANISHING = 1e-3;

/** One tensor under test. */
interface Subject {
  layer: number;
  tensor: GradientCheck['tensor'];
  /** What `network.backward` says. */
  analytic: Float32Array;
  floor: number;
  /** Entries to look at, in this order. */
  entries: number[];
  result: GradientCheck;
}

/**
 * Compares the gradients of a network, as a training step has them, with central differences of the
 * float64 reference, apart for the input and every trained tensor of every layer: the largest
 * relative error |a - n| / max(|a|, |n|) as in CS231n
 * (https://cs231n.github.io/neural-networks-3/#gradcheck). Right float32 gradients give less than
 * 1e-3, a wrong backward pass more than 1e-1. Both sides drop out what step 0 of the run would.
 *
 * A third of the entries are those where the float32 gradient is furthest from the reference's own
 * backward pass (so that a fault in few places is found; the differences then judge who is right),
 * a third are large ones, a third are random.
 *
 * Kinks: relu and max have no derivative where they switch. Blank pixels put whole images exactly
 * on such a kink (a convolution without bias is 0 there), so the images are blended with a tenth of
 * seeded noise first; an entry whose difference step still makes any relu or maximum switch is left
 * out and counted in `skipped`. So is one that disagrees only because float32 and float64 stand on
 * different sides of a kink. Where no entry is left, or the time ran out, the relative error is
 * NaN.
 * @param weights those of the network
 * @param images [n, H, W, C] in 0..1; a few are enough
 * @param labels [n]
 * @throws PlaygroundError if images or labels do not fit the network.
 */
export async function checkGradients(
  model: ResolvedModel,
  weights: Weights,
  network: Network,
  images: Float32Array,
  labels: Uint8Array,
  options: GradientCheckOptions = {},
): Promise<GradientCheck[]> {
  const { entries = 18, timeLimit = 8000, seed = 1, onProgress } = options;
  const started = performance.now();
  const random = createRandom(seed, 7);
  const dithered = images.map((pixel) => (1 - DITHER) * pixel + DITHER * random.uniform());
  const analytic = await network.backward(dithered, labels, true);
  const outputs = analytic.outputs.map(({ data }) => data);
  const probe = createProbe({ model, weights, images: dithered, labels, seed }, outputs);
  const subjects = subjectsOf(model, analytic, probe, entries, random);
  const breathe = createBreather(GRADIENT_CHECK.turnMs);
  const elapsed = () => (performance.now() - started) / timeLimit;
  // One entry of each tensor in turn, from the last layer to the first: the probe disturbs only the
  // layers from the one in question on.
  const turns = Array.from({ length: entries }, (_, round) =>
    subjects.toReversed().map((subject) => ({ subject, round })),
  ).flat();
  for (const [done, { subject, round }] of turns.entries()) {
    if (elapsed() >= 1) break;
    if (done % subjects.length === 0) probe.restart();
    compare(subject, subject.entries[round], probe);
    onProgress?.(Math.max((done + 1) / turns.length, Math.min(elapsed(), 1)));
    await breathe();
  }
  return subjects.map(({ result }) => (result.compared > 0 ? result : { ...result, relativeError: NaN }));
}

/**
 * Multiply-adds per second that float64 differences can count on, on a slow machine that trains
 * meanwhile.
 */
const SLOW_MACHINE = 3e8;
/** Entries of each tensor that should be reached in the time, and that time in seconds. */
const WANTED_ROUNDS = 6;
const SECONDS = 8;

/**
 * How many images the check can take so that it gets through a few entries of every tensor in time:
 * 2 to 4.
 */
export function imagesToCheck({ layers }: ResolvedModel): number {
  let behind = 0;
  let perImage = 0;
  for (const { multiplyAdds, weights } of layers.toReversed()) {
    behind += multiplyAdds;
    perImage += 2 * behind * (1 + weights.filter(isTrainable).length);
  }
  return Math.max(2, Math.min(4, Math.floor((SECONDS * SLOW_MACHINE) / WANTED_ROUNDS / perImage)));
}

function subjectsOf(
  model: ResolvedModel,
  analytic: BackwardResult,
  probe: Probe,
  entries: number,
  random: Random,
): Subject[] {
  return model.layers.flatMap(({ id, weights }, layer) =>
    (['input', ...weights.filter(isTrainable).map(({ name }) => name)] as const).map((tensor): Subject => {
      const values = required(analytic.layers[layer][tensor], `gradient of ${id} ${tensor}`).data;
      const reference = probe.gradient(layer, tensor);
      return {
        layer,
        tensor,
        analytic: values,
        floor: floorOf(largestOf(reference), probe.largestInFloat32(layer, tensor)),
        entries: chooseEntries(values, reference, entries, random),
        result: { layer: id, tensor, relativeError: 0, compared: 0, skipped: 0 },
      };
    }),
  );
}

/** @param exact largest gradient of the tensor in float64 @param single the same in float32 */
function floorOf(exact: number, single: number): number {
  return Math.max(exact < VANISHING * single ? ROUNDING_MARGIN * single : FLOOR * exact, SMALLEST);
}

function compare({ layer, tensor, analytic, floor, result }: Subject, at: number, probe: Probe): void {
  const numeric = probe.difference(layer, tensor, at);
  if (numeric === null) {
    result.skipped++;
    return;
  }
  const a = analytic[at];
  const error = Math.abs(a - numeric) / Math.max(Math.abs(a), Math.abs(numeric), floor);
  // Not a number on either side is as wrong as can be, and no kink explains it.
  if (error >= AGREES && probe.touchesContested(layer, tensor, at)) {
    result.skipped++;
    return;
  }
  result.compared++;
  result.relativeError = Math.max(result.relativeError, Number.isFinite(error) ? error : Infinity);
}
