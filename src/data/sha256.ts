/**
 * SHA-256 in hexadecimal. Browsers offer it only on secure origins (https, localhost). A page
 * served in another way, such as by a classroom's plain-http server, uses the slower
 * {@link sha256InScript}.
 */
export async function sha256(
  bytes: Uint8Array<ArrayBuffer>,
  subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle,
): Promise<string> {
  if (!subtle) return sha256InScript(bytes);
  return hexadecimal(new Uint8Array(await subtle.digest('SHA-256', bytes)));
}

const hexadecimal = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const isPrime = (n: number) => {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return true;
};
const primes = Array.from({ length: 312 }, (_, i) => i).filter((n) => n > 1 && isPrime(n)); // the first 64
const fractionBits = (x: number) => Math.floor((x - Math.floor(x)) * 2 ** 32) | 0;

/**
 * Section 4.2.2 of the standard: the first 32 bits of the fractional parts of the cube roots of the
 * first 64 primes.
 */
const ROUND_CONSTANTS = Int32Array.from(primes, (prime) => fractionBits(Math.cbrt(prime)));
/** Section 5.3.3: the same of the square roots of the first 8 primes. */
const INITIAL_HASH = Int32Array.from(primes.slice(0, 8), (prime) => fractionBits(Math.sqrt(prime)));

/**
 * SHA-256 in plain script, after FIPS 180-4 (https://doi.org/10.6028/NIST.FIPS.180-4), sections 5
 * and 6.2.
 */
export function sha256InScript(bytes: Uint8Array): string {
  const hash = Int32Array.from(INITIAL_HASH);
  const schedule = new Int32Array(64);
  const whole = bytes.length & ~63;
  for (let offset = 0; offset < whole; offset += 64) compress(hash, schedule, bytes, offset);
  const tail = paddedTail(bytes, whole);
  for (let offset = 0; offset < tail.length; offset += 64) compress(hash, schedule, tail, offset);
  const result = new DataView(new ArrayBuffer(32));
  hash.forEach((word, i) => result.setInt32(4 * i, word));
  return hexadecimal(new Uint8Array(result.buffer));
}

/**
 * The last incomplete block, then a 1 bit, zeros, and the length in bits as 64-bit integer (section
 * 5.1.1).
 */
function paddedTail(bytes: Uint8Array, from: number): Uint8Array {
  const rest = bytes.length - from;
  const tail = new Uint8Array(rest < 56 ? 64 : 128);
  tail.set(bytes.subarray(from));
  tail[rest] = 0x80;
  new DataView(tail.buffer).setBigUint64(tail.length - 8, 8n * BigInt(bytes.length));
  return tail;
}

const rotate = (x: number, n: number) => (x >>> n) | (x << (32 - n));

/** One block of 64 bytes (section 6.2.2). */
function compress(hash: Int32Array, w: Int32Array, bytes: Uint8Array, offset: number): void {
  for (let t = 0; t < 16; t++) {
    const i = offset + 4 * t;
    w[t] = (bytes[i] << 24) | (bytes[i + 1] << 16) | (bytes[i + 2] << 8) | bytes[i + 3];
  }
  for (let t = 16; t < 64; t++) {
    const s0 = rotate(w[t - 15], 7) ^ rotate(w[t - 15], 18) ^ (w[t - 15] >>> 3);
    const s1 = rotate(w[t - 2], 17) ^ rotate(w[t - 2], 19) ^ (w[t - 2] >>> 10);
    w[t] = w[t - 16] + s0 + w[t - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = hash;
  for (let t = 0; t < 64; t++) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + sum1 + ((e & f) ^ (~e & g)) + ROUND_CONSTANTS[t] + w[t]) | 0;
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (hash[i] += word));
}
