import { describe, expect, it } from 'vitest';
import { byteScalingOf, scaled, scalePixels, slopesOf, type InputScaling } from './input-scaling';
import { parseModelSpec } from './spec';

const layers = [{ kind: 'flatten' }];
const withScaling = (inputScaling: unknown, channels = 3) =>
  parseModelSpec({ name: 'scaled', input: [5, 7, channels], inputScaling, layers });
const normalization = { mean: [0.5, 0, -1], std: [0.25, 1, 2] };

describe('the scaling in a ModelSpec', () => {
  it('is left out where it is the default, so that a spec without it stays as it was, byte for byte', () => {
    const written = '{"version":1,"name":"old","input":[5,7,3],"layers":[{"kind":"flatten"}]}';
    expect(JSON.stringify(parseModelSpec(JSON.parse(written)))).toBe(written);
    expect(withScaling('unit')).not.toHaveProperty('inputScaling');
    expect(withScaling(undefined)).not.toHaveProperty('inputScaling');
  });

  it.each<InputScaling>(['bytes', 'signed', normalization])('comes back as it was written: %j', (scaling) => {
    const spec = withScaling(scaling);
    expect(spec.inputScaling).toEqual(scaling);
    expect(parseModelSpec(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
  });

  it.each<[unknown, RegExp]>([
    [
      'percent',
      /^inputScaling: there is no scaling "percent"\. Give "unit" \(0\.\.1\), "bytes" \(0\.\.255\), "signed"/,
    ],
    [null, /^inputScaling: there is no scaling null/],
    [255, /^inputScaling: there is no scaling 255/],
    [[0.5, 0.5], /^inputScaling: there is no scaling \[0\.5,0\.5\]/],
    [
      { mean: [0, 0, 0] },
      /^inputScaling\.std: it is undefined, not a list of numbers\. .*3 numbers, one for each channel/,
    ],
    [{ mean: 0.5, std: [1, 1, 1] }, /^inputScaling\.mean: it is 0\.5, not a list/],
    [
      { mean: [0], std: [1] },
      /^inputScaling\.mean: it has the length 1\. .*3 numbers, one for each channel of the input/,
    ],
    [{ ...normalization, std: [1, 0, 1] }, /^inputScaling\.std\[1\]: it is 0, not a number from 0\.000001 to 1000000/],
    [{ ...normalization, std: [1, 1, -1] }, /^inputScaling\.std\[2\]: it is -1/],
    [{ ...normalization, std: [Infinity, 1, 1] }, /^inputScaling\.std\[0\]: it is Infinity/],
    [{ ...normalization, mean: [0, NaN, 0] }, /^inputScaling\.mean\[1\]: it is NaN/],
    [{ ...normalization, mean: [0, '0', 0] }, /^inputScaling\.mean\[1\]: it is "0"/],
    [{ ...normalization, variance: [1] }, /^inputScaling\.variance: there is no such field/],
  ])('is refused in words: %j', (scaling, message) => {
    expect(() => withScaling(scaling)).toThrow(message);
  });
});

describe('scaled values', () => {
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  const ofBytes = (scaling: InputScaling) => {
    const { mean, std } = byteScalingOf({ input: [1, 1, 1], inputScaling: scaling });
    return Float32Array.from(bytes, (byte) => scaled(byte, mean[0]!, std[0]!));
  };
  const ofPixels = (scaling: InputScaling) =>
    scalePixels(
      { input: [1, 1, 1], inputScaling: scaling },
      Float32Array.from(bytes, (byte) => byte / 255),
    );

  it('are the pixels in 0..1 by default, to the bit', () => {
    expect(ofBytes('unit')).toEqual(Float32Array.from(bytes, (byte) => byte / 255));
    expect(ofPixels('unit')).toEqual(ofBytes('unit'));
  });

  it('are the bytes themselves with "bytes", also from pixels in 0..1', () => {
    expect(ofBytes('bytes')).toEqual(Float32Array.from(bytes));
    expect(ofPixels('bytes')).toEqual(Float32Array.from(bytes));
  });

  it('go from -1 to 1 with "signed"', () => {
    expect([ofBytes('signed')[0], ofBytes('signed')[255]]).toEqual([-1, 1]);
    bytes.forEach((byte) => expect(ofPixels('signed')[byte]).toBeCloseTo((2 * byte) / 255 - 1, 6));
  });

  it('have the mean and the deviation of their own channel taken out', () => {
    const network = { input: [2, 1, 3], inputScaling: normalization } as const;
    const pixels = Float32Array.of(0, 0.25, 1, 1, 0.5, 0);
    const expected = Array.from(pixels, (x, i) => (x - normalization.mean[i % 3]!) / normalization.std[i % 3]!);
    scalePixels(network, pixels).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
    expect([...slopesOf(network)]).toEqual([4, 1, 0.5]);
  });

  it('grow with the pixel as the chain rule says', () => {
    const slopeOf = (inputScaling: InputScaling) => slopesOf({ input: [1, 1, 1], inputScaling })[0];
    expect(['unit', 'bytes', 'signed'].map((range) => slopeOf(range as InputScaling))).toEqual([1, 255, 2]);
  });
});
