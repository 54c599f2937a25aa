import { at } from '../../at';
import { required } from '../../errors';
import { GRADIENT_CHECK } from '../../pace';
import type { Weights } from '../../model/initialize';
import { scalePixels } from '../../model/input-scaling';
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
  /** Number of entries to check in each tensor; 18 if left out. */
  entries?: number;
  /** After this many milliseconds the check begins no further entry; 8,000 if left out. */
  timeLimit?: number;
  /** Seed of the run. Dropout draws from it, and so does the choice of entries. */
  seed?: number;
  /** Called with the share that is done, in 0..1. */
  onProgress?: (fraction: number) => void;
}

/** Share of noise that is blended into the images. */
const DITHER = 0.1;
/**
 * Gradients below this share of the largest one in their tensor, or below {@link SMALLEST}, have
 * their error divided by that floor instead of by themselves. Below the floor the relative error
 * would show only the rounding of float32 and of the difference quotient.
 */
const FLOOR = 1e-2;
const SMALLEST = 1e-6;
/**
 * If the true gradient of a tensor is 0 by construction (a bias before batch normalization, which
 * subtracts every mean), its float32 gradient is only rounding. The floor is then this factor times
 * the gradient that the reference computes with float32 tensors. Shaders, which also sum in
 * float32, were seen to round a hundred times as much.
 */
const ROUNDING_MARGIN = 1e6;
/**
 * A gradient counts as 0 by construction if its float64 value is below this share of its float32
 * rounding.
 */
const VANISHING = 1e-3;

/** One tensor under test. */
interface Subject {
  layer: number;
  tensor: GradientCheck['tensor'];
  /** The gradient from `network.backward`. */
  analytic: Float32Array;
  floor: number;
  /** Entries to look at, in this order. */
  entries: number[];
  result: GradientCheck;
}

/**
 * Compares the gradients of a training step with central differences of the float64 reference,
 * separately for the input and for every trained tensor of every layer. The result is the largest
 * relative error |a - n| / max(|a|, |n|) as in CS231n
 * (https://cs231n.github.io/neural-networks-3/#gradcheck). Correct float32 gradients give less than
 * 1e-3, a wrong backward pass gives more than 1e-1. Both sides use the dropout of the run's step 0.
 *
 * A third of the entries are those where the float32 gradient is furthest from the gradient of the
 * reference's own backward pass, so that the check finds a fault in a few places; the differences
 * then decide which of the two is right. A third of the entries are large, and a third are random.
 *
 * Kinks: relu and max have no derivative where they switch. Blank pixels put whole images exactly
 * on such a kink (a convolution without bias is 0 there), so a tenth of seeded noise is blended
 * into the images first. If the difference step still makes a relu or maximum switch, the entry is
 * left out and counted in `skipped`. The same happens to an entry that disagrees only because
 * float32 and float64 are on different sides of a kink. If no entry is left, or the time ran out,
 * the relative error is NaN.
 * @param weights weights of the network
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
  const seen = scalePixels(model.spec, dithered);
  const probe = createProbe({ model, weights, images: seen, labels, seed }, outputs);
  const subjects = subjectsOf(model, analytic, probe, entries, random);
  const breathe = createBreather(GRADIENT_CHECK.turnMs);
  const elapsed = () => (performance.now() - started) / timeLimit;
  // One entry of each tensor in turn, from the last layer to the first, because the probe disturbs
  // the tested layer and all layers after it.
  const turns = Array.from({ length: entries }, (_, round) =>
    subjects.toReversed().map((subject) => ({ subject, round })),
  ).flat();
  for (const [done, { subject, round }] of turns.entries()) {
    if (elapsed() >= 1) break;
    if (done % subjects.length === 0) probe.restart();
    compare(subject, at(subject.entries, round), probe);
    onProgress?.(Math.max((done + 1) / turns.length, Math.min(elapsed(), 1)));
    await breathe();
  }
  return subjects.map(({ result }) => (result.compared > 0 ? result : { ...result, relativeError: NaN }));
}

/**
 * Multiply-adds per second that are available for float64 differences on a slow machine that trains
 * meanwhile.
 */
const SLOW_MACHINE = 3e8;
/** The check should reach this many entries of each tensor within this many seconds. */
const WANTED_ROUNDS = 6;
const SECONDS = 8;

/**
 * How many images (2 to 4) the check can take and still get through a few entries of every tensor
 * in time.
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
      const values = required(at(analytic.layers, layer)[tensor], `gradient of ${id} ${tensor}`).data;
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

function compare({ layer, tensor, analytic, floor, result }: Subject, entry: number, probe: Probe): void {
  const numeric = probe.difference(layer, tensor, entry);
  if (numeric === null) {
    result.skipped++;
    return;
  }
  const a = analytic[entry] ?? NaN;
  const error = Math.abs(a - numeric) / Math.max(Math.abs(a), Math.abs(numeric), floor);
  // NaN on either side is the worst possible error, and no kink explains it.
  if (error >= AGREES && probe.touchesContested(layer, tensor, entry)) {
    result.skipped++;
    return;
  }
  result.compared++;
  result.relativeError = Math.max(result.relativeError, Number.isFinite(error) ? error : Infinity);
}
