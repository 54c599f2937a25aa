import { initialWeights, type Weights } from '../model/initialize';
import { required } from '../errors';
import { resolveModel, type ResolvedModel } from '../model/resolve';
import { sizeOf, type WeightName } from '../model/shape';
import { parseModelSpec } from '../model/spec';
import { softmax } from './loss';

/** Numbers as they are stored: as they are, or in millionths. */
type Stored = number[] | { m: number[] };

/** A case as it is stored. */
interface StoredCase {
  /** Name. */
  n: string;
  /** Shape of an image, [H, W, C]. */
  i: number[];
  /** Layers, as in a ModelSpec. */
  l: object[];
  /** Weights by layer and name; those that are not there are zeros. */
  w: Record<string, Partial<Record<WeightName, Stored>>>;
  /** Images, [batch, H, W, C]. */
  x: Stored;
  /**
   * What the figures are: outputs, probabilities, dL/d(input), or the gradient of a tensor of the
   * first layer with weights.
   */
  q: 'y' | 'p' | 'x' | 'w' | 'beta' | 'gamma';
  y: Stored;
  /** The largest difference between two numbers that count as the same. */
  t: number;
}

/** A network with weights and images, and what others found for it. */
export interface KerasCase {
  name: string;
  model: ResolvedModel;
  weights: Weights;
  images: Float32Array;
  /** One for each image: a gradient is that of the loss where the first class is right. */
  labels: Uint8Array;
  /** Whether the figures are gradients. */
  ofGradient: boolean;
  /** Finds ours in what a network answers. */
  figuresOf(answer: KerasAnswer): ArrayLike<number>;
  expected: number[];
  tolerance: number;
}

/** What a network answers: its last output, and gradients where they are asked for. */
export interface KerasAnswer {
  output: Float32Array | Float64Array;
  /** By layer: dL/d(input), and the gradient of each trained tensor by name. */
  gradients: readonly ({ input: ArrayLike<number> } & { [Name in WeightName]?: ArrayLike<number> })[];
}

/**
 * What the rounding of weights and images to millionths changes in the figures, where that is more
 * than the tolerance leaves room for. With the numbers before rounding, which are those of numpy's
 * generator (2 * random - 1, seeds 1000, 1001, ...), both are within their tolerance.
 */
const ROUNDED: Readonly<Record<string, number>> = { pipeline_00: 2e-6, pipeline_01: 3e-5 };

const numbersIn = (stored: Stored) => (Array.isArray(stored) ? stored : stored.m.map((value) => value / 1e6));

/** @param json as `readKerasCases` finds it */
export function kerasCases(json: string): KerasCase[] {
  return (JSON.parse(json) as StoredCase[]).map(caseOf);
}

function caseOf({ n, i, l, w, x, q, y, t }: StoredCase): KerasCase {
  const model = resolveModel(parseModelSpec({ name: n, input: i, layers: l }));
  const images = Float32Array.from(numbersIn(x));
  const batch = images.length / sizeOf(i);
  return {
    name: n,
    model,
    weights: weightsOf(model, w),
    images,
    labels: new Uint8Array(batch),
    ofGradient: q !== 'y' && q !== 'p',
    figuresOf: ({ output, gradients }) => {
      if (q === 'y') return output;
      if (q === 'p') return softmax(output, batch, model.classes);
      if (q === 'x') return required(gradients[0], 'first layer').input;
      const first = model.layers.findIndex(({ weights }) => weights.length > 0);
      return required(gradients[first]?.[q === 'w' ? 'weight' : q], q);
    },
    expected: numbersIn(y),
    tolerance: t + (ROUNDED[n] ?? 0),
  };
}

function weightsOf(model: ResolvedModel, given: StoredCase['w']): Weights {
  const weights = initialWeights(model, 1);
  for (const [id, tensors] of Object.entries(weights)) {
    for (const [name, { data }] of Object.entries(tensors)) {
      const stored = given[id]?.[name as WeightName];
      data.fill(0);
      if (stored) data.set(numbersIn(stored));
    }
  }
  return weights;
}

/** What is wrong with our figures, in one sentence; nothing where they are those of the case. */
export function differenceFrom(one: KerasCase, answer: KerasAnswer): [string] | [] {
  const { name, expected, tolerance } = one;
  const ours = Array.from(one.figuresOf(answer));
  if (ours.length !== expected.length) return [`${name}: ${ours.length} numbers instead of ${expected.length}`];
  const wrong = ours.findIndex((value, i) => !(Math.abs(value - (expected[i] ?? NaN)) <= tolerance));
  return wrong < 0 ? [] : [`${name}: number ${wrong} is ${ours[wrong]} instead of ${expected[wrong]} +- ${tolerance}`];
}
