import { at } from '../../at';
import type { Random } from '../../random';
import { smoothCurve, type Polyline } from './curve';
import type { ControlPoint, Skeleton } from './skeletons';

/**
 * How far handwriting deviates from the model, in units of the digit's height unless stated
 * otherwise.
 */
const STRAY = {
  /** Standard deviation of each control point. */
  point: 0.04,
  /** Standard deviation of where a stroke begins, in addition to that of its points. */
  stroke: 0.02,
  /** Amplitude of the slow waves that bend the whole digit. */
  wave: 0.045,
  /** Shear to the right: mean and standard deviation. */
  slant: [0.2, 0.3],
  /** Standard deviation of the rotation, in radians. */
  turn: 0.13,
  /** Standard deviation of the logarithm of width over height. */
  width: 0.25,
  /**
   * How much wider or narrower than the foot the top may be, and how far up or down the middle of the
   * digit may be shifted.
   */
  taper: [0.35, 0.25],
  /**
   * Standard deviation of how much longer or shorter the ends of a stroke become, in control
   * points.
   */
  end: 0.4,
} as const;

/**
 * Draws the strokes of one digit as a hand might write it after a skeleton: it jitters the points,
 * then bends, widens, slants and turns the digit. The result has no particular place or size.
 */
export function drawByHand(skeleton: Skeleton, random: Random): Polyline[] {
  const care = 0.4 + 1.2 * random.uniform();
  const strokes = skeleton.strokes.map((points) => smoothCurve(jittered(withOtherEnds(points, random), care, random)));
  const bend = randomBend(care * STRAY.wave, random);
  const linear = randomLinear(random);
  for (const line of strokes) {
    for (let i = 0; i < line.length; i += 2) {
      const [x, y] = bend(line[i] ?? NaN, line[i + 1] ?? NaN);
      line[i] = linear[0] * x + linear[1] * y;
      line[i + 1] = linear[2] * x + linear[3] * y;
    }
  }
  return strokes;
}

/** Picks one of the ways at random, by weight. */
export function chooseWay(ways: readonly Skeleton[], random: Random): Skeleton {
  let left = random.uniform() * ways.reduce((sum, { weight }) => sum + weight, 0);
  return ways.find(({ weight }) => (left -= weight) < 0) ?? at(ways, 0);
}

/**
 * Makes the first and last piece longer or shorter along their direction, so that strokes stop
 * early, overlap or cross.
 */
function withOtherEnds(points: readonly ControlPoint[], random: Random): ControlPoint[] {
  const moved = [...points];
  const last = points.length - 1;
  for (const [end, next] of [
    [0, 1],
    [last, last - 1],
  ] as const) {
    const more = Math.max(-0.6, STRAY.end * random.normal());
    const [x, y] = at(points, end);
    const [nextX, nextY] = at(points, next);
    moved[end] = [x + more * (x - nextX), y + more * (y - nextY)];
  }
  return moved;
}

function jittered(points: readonly ControlPoint[], care: number, random: Random): ControlPoint[] {
  const [dx, dy] = [random.normal() * STRAY.stroke * care, random.normal() * STRAY.stroke * care];
  let [strayX, strayY] = [0, 0];
  const next = (last: number) => 0.6 * last + 0.8 * STRAY.point * care * random.normal();
  return points.map(([x, y, corner]) => {
    // Neighbouring points deviate together: handwriting is off by a bow, not by a dent.
    [strayX, strayY] = [next(strayX), next(strayY)];
    // Some corners are written round.
    const sharp = corner && random.uniform() < 0.8 ? corner : undefined;
    return [x + dx + strayX, y + dy + strayY, sharp];
  });
}

/** A taper and two slow waves in random directions: a smooth displacement of the plane. */
function randomBend(amplitude: number, random: Random): (x: number, y: number) => readonly [number, number] {
  const wave = () => {
    const [angle, frequency, phase] = [
      random.uniform() * 2 * Math.PI,
      2 + 4 * random.uniform(),
      random.uniform() * 2 * Math.PI,
    ];
    const [kx, ky] = [Math.cos(angle) * frequency, Math.sin(angle) * frequency];
    const size = amplitude * random.normal();
    return (x: number, y: number) => size * Math.sin(kx * x + ky * y + phase);
  };
  const [x1, x2, y1, y2] = [wave(), wave(), wave(), wave()];
  const upTo = (most: number) => most * (2 * random.uniform() - 1);
  const [taper, middle] = [upTo(STRAY.taper[0]), upTo(STRAY.taper[1])];
  return (x, y) => {
    const tapered = (x - 0.25) * (1 + taper * (2 * y - 1));
    return [tapered + x1(x, y) + x2(x, y), y + 2 * middle * y * (1 - y) + y1(x, y) + y2(x, y)];
  };
}

/** Width, slant and rotation as one 2x2 matrix, row by row. */
function randomLinear(random: Random): readonly [number, number, number, number] {
  const width = Math.exp(STRAY.width * random.normal());
  const slant = STRAY.slant[0] + STRAY.slant[1] * random.normal();
  const turn = STRAY.turn * random.normal();
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  // turn * slant * width; y points down, so a slant to the right is a negative shear.
  return [cos * width, -cos * slant - sin, sin * width, -sin * slant + cos];
}
