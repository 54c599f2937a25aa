/** Side of an MNIST image, in pixels. */
export const SIDE = 28;

/**
 * Places a small image in a 28x28 one with its centre of mass in the middle, to the nearest pixel,
 * as MNIST's authors placed their 20x20 boxes (http://yann.lecun.com/exdb/mnist/).
 * @param raster [side, side] in 0..1
 * @param image [28, 28] bytes, overwritten
 */
export function centreByMass(raster: Float32Array, side: number, image: Uint8Array): void {
  let [mass, sumX, sumY] = [0, 0, 0];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const value = raster[y * side + x] ?? NaN;
      mass += value;
      sumX += value * (x + 0.5);
      sumY += value * (y + 0.5);
    }
  }
  image.fill(0);
  if (mass === 0) return;
  const left = Math.round(SIDE / 2 - sumX / mass);
  const top = Math.round(SIDE / 2 - sumY / mass);
  for (let y = Math.max(0, -top); y < Math.min(side, SIDE - top); y++) {
    for (let x = Math.max(0, -left); x < Math.min(side, SIDE - left); x++) {
      image[(y + top) * SIDE + x + left] = Math.round(255 * (raster[y * side + x] ?? NaN));
    }
  }
}
