import { createRandom } from '../random';

/**
 * Images [count, 28, 28, 1] in 0..1 with a few bright strokes on a blank background, as digits
 * have.
 */
export function generatedLike(count: number): Float32Array {
  const random = createRandom(count, 42);
  const images = new Float32Array(count * 784);
  for (let image = 0; image < count; image++) {
    for (let stroke = 0; stroke < 4; stroke++) {
      let [y, x] = [8 + random.uniform() * 12, 8 + random.uniform() * 12];
      const angle = random.uniform() * 2 * Math.PI;
      for (let step = 0; step < 12; step++) {
        for (const [dy, dx] of [
          [0, 0],
          [0, 1],
          [1, 0],
        ]) {
          const at =
            (Math.min(23, Math.max(4, Math.round(y))) + dy!) * 28 + Math.min(23, Math.max(4, Math.round(x))) + dx!;
          images[image * 784 + at] = (128 + random.integer(128)) / 255;
        }
        y += Math.sin(angle);
        x += Math.cos(angle);
      }
    }
  }
  return images;
}
