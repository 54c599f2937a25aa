/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}

/**
 * Distribution function of the standard normal distribution, to about 1e-15. Near 0 the series of
 * Marsaglia 2004, Phi(x) = 1/2 + phi(x) (x + x^3/3 + x^5/(3 5) + ...); further out, where its sum
 * would drown in rounding, the continued fraction of Mills' ratio (Abramowitz & Stegun 26.2.14) for
 * the tail.
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (Math.abs(x) > 40) return x > 0 ? 1 : 0;
  if (Math.abs(x) < 3) {
    let [term, sum] = [x, x];
    for (let n = 3; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) sum += term *= (x * x) / n;
    return 0.5 + normalDensity(x) * sum;
  }
  const a = Math.abs(x);
  let fraction = a;
  for (let n = 200; n > 0; n--) fraction = a + n / fraction;
  const tail = normalDensity(a) / fraction;
  return x > 0 ? 1 - tail : tail;
}
