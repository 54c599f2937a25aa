import { describe, expect, it } from 'vitest';
import { sha256 } from './sha256';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('sha256', () => {
  // The examples of the standard:
  // https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('of "%s"', (text, expected) => expect(sha256(bytes(text))).toBe(expected));

  it('agrees with the built-in one at every length around a block', async () => {
    for (let length = 0; length < 140; length++) {
      const data = Uint8Array.from({ length }, (_, i) => (i * 37 + length) & 255);
      const builtIn = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
      expect(sha256(data)).toBe(Buffer.from(builtIn).toString('hex'));
    }
  });
});
