import type { Random } from '../../random';

/**
 * Chooses the entries of a tensor to check. It takes in turn one of those furthest from the
 * reference, a large one, and a random one.
 * @param values the gradient under test
 * @param reference the same gradient as the reference computes it
 */
export function chooseEntries(values: Float32Array, reference: Float64Array, count: number, random: Random): number[] {
  const sizeAt = (at: number) => Math.abs(reference[at] ?? NaN);
  const suspects = furthest(values, reference, Math.ceil(count / 3));
  return Array.from({ length: count }, (_, i) => {
    if (i % 3 === 0) return suspects[i / 3] ?? random.integer(values.length);
    const candidates = Array.from({ length: i % 3 === 1 ? 16 : 1 }, () => random.integer(values.length));
    return candidates.reduce((best, at) => (sizeAt(at) > sizeAt(best) ? at : best));
  });
}

/** Positions of the `count` largest differences; NaN counts as the largest of all. */
function furthest(values: Float32Array, reference: Float64Array, count: number): number[] {
  const found: { at: number; distance: number }[] = [];
  values.forEach((value, at) => {
    const difference = Math.abs(value - (reference[at] ?? NaN));
    const distance = Number.isNaN(difference) ? Infinity : difference;
    const least = found[count - 1];
    if (least && distance <= least.distance) return;
    const place = found.findIndex((other) => distance > other.distance);
    found.splice(place < 0 ? found.length : place, 0, { at, distance });
    found.length = Math.min(found.length, count);
  });
  return found.map(({ at }) => at);
}
