import type { Weights } from '../model/initialize';
import { isTrainable } from '../model/layer-kind';
import type { ResolvedModel } from '../model/resolve';
import { createRandom, type Random } from '../random';
import type { BackwardResult, Network } from '../runtime/engine';
import { createBreather } from './event-loop';
import { createProbe, type Probe } from './gradient-probe';
import type { GradientCheck } from './protocol';

export interface GradientCheckOptions {
  /** Entries looked at in each tensor; 18 if left out. */
  entries?: number;
  /** Milliseconds after which no further round of entries is begun (the first three always are); 8,000 if left out. */
  timeLimit?: number;
  seed?: number;
}

/** The images are blended with this much noise. */
const DITHER = 0.1;
/**
 * Gradients below this share of the largest one in their tensor, or below {@link SMALLEST}, are compared with that floor
 * instead of with themselves: under it float32 rounding and the rounding of the difference quotient would be all that is seen.
 */
const FLOOR = 1e-2;
const SMALLEST = 1e-6;

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
 * Compares the gradients of a network with central differences of the float64 reference, apart for input, weight and bias of
 * every layer: the largest relative error |a - n| / max(|a|, |n|) as in CS231n (https://cs231n.github.io/neural-networks-3/).
 * Right float32 gradients give less than 1e-3, a wrong backward pass more than 1e-1.
 *
 * A third of the entries are those where the float32 gradient is furthest from the reference's own backward pass (so that a
 * fault in few places is found; the differences then judge who is right), a third are large ones, a third are random.
 *
 * Kinks: relu and max have no derivative where they switch. Blank pixels put whole images exactly on such a kink (a convolution
 * without bias is 0 there), so the images are blended with a tenth of seeded noise first; an entry whose
 * difference step still makes any relu or maximum switch is left out and counted in `skipped`.
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
  const { entries = 18, timeLimit = 8000, seed = 1 } = options;
  const random = createRandom(seed, 7);
  const dithered = images.map((pixel) => (1 - DITHER) * pixel + DITHER * random.uniform());
  const analytic = await network.backward(dithered, labels, true);
  const started = performance.now();
  const probe = createProbe(model, weights, dithered, labels);
  const subjects = subjectsOf(model, analytic, probe, entries, random);
  const breathe = createBreather(30);
  for (let round = 0; round < entries; round++) {
    if (round >= 3 && performance.now() - started > timeLimit) break;
    probe.restart();
    // From the last layer to the first: the probe disturbs only the layers from the one in question on.
    for (const subject of subjects.toReversed()) {
      compare(subject, subject.entries[round], probe);
      await breathe();
    }
  }
  return subjects.map(({ result }) => result);
}

function subjectsOf(model: ResolvedModel, analytic: BackwardResult, probe: Probe, entries: number, random: Random): Subject[] {
  return model.layers.flatMap(({ id, weights }, layer) =>
    (['input', ...weights.filter(isTrainable).map(({ name }) => name)] as const).map((tensor): Subject => {
      const values = analytic.layers[layer][tensor]!.data;
      const reference = probe.gradient(layer, tensor);
      const largest = values.reduce((max, value, i) => Math.max(max, Math.abs(value), Math.abs(reference[i])), 0);
      return {
        layer,
        tensor,
        analytic: values,
        floor: Math.max(FLOOR * (Number.isFinite(largest) ? largest : 0), SMALLEST),
        entries: chooseEntries(values, reference, entries, random),
        result: { layer: id, tensor, relativeError: 0, compared: 0, skipped: 0 },
      };
    }),
  );
}

/** In turns: the entry furthest from the reference among those not yet taken, a large one, and a random one. */
function chooseEntries(values: Float32Array, reference: Float64Array, count: number, random: Random): number[] {
  const suspects = furthest(values, reference, Math.ceil(count / 3));
  return Array.from({ length: count }, (_, i) => {
    if (i % 3 === 0) return suspects[i / 3] ?? random.integer(values.length);
    const candidates = Array.from({ length: i % 3 === 1 ? 16 : 1 }, () => random.integer(values.length));
    return candidates.reduce((best, at) => (Math.abs(reference[at]) > Math.abs(reference[best]) ? at : best));
  });
}

/** Positions of the `count` largest differences; NaN counts as the largest of all. */
function furthest(values: Float32Array, reference: Float64Array, count: number): number[] {
  const found: { at: number; distance: number }[] = [];
  values.forEach((value, at) => {
    const difference = Math.abs(value - reference[at]);
    const distance = Number.isNaN(difference) ? Infinity : difference;
    if (found.length === count && distance <= found[count - 1].distance) return;
    const place = found.findIndex((other) => distance > other.distance);
    found.splice(place < 0 ? found.length : place, 0, { at, distance });
    found.length = Math.min(found.length, count);
  });
  return found.map(({ at }) => at);
}

function compare({ layer, tensor, analytic, floor, result }: Subject, at: number, probe: Probe): void {
  const numeric = probe.difference(layer, tensor, at);
  if (numeric === null) {
    result.skipped++;
    return;
  }
  const a = analytic[at];
  const error = Math.abs(a - numeric) / Math.max(Math.abs(a), Math.abs(numeric), floor);
  result.compared++;
  // Not a number on either side is as wrong as can be.
  result.relativeError = Math.max(result.relativeError, Number.isFinite(error) ? error : Infinity);
}
