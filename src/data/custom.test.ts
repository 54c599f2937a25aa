import { describe, expect, it } from 'vitest';
import { customDataset, type CustomImages } from './custom';

/** `count` images of 2x1x1; image i is [i, 100], its label i modulo 3. */
function given(count: number, more: Partial<Record<keyof CustomImages, unknown>> = {}): CustomImages {
  const images = Uint8Array.from({ length: 2 * count }, (_, i) => (i % 2 ? 100 : i / 2));
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 3);
  return { height: 2, width: 1, channels: 1, classes: 3, images, labels, ...more } as CustomImages;
}

describe('customDataset', () => {
  it('takes a given test set as it is', () => {
    const dataset = customDataset(given(4, { testImages: Uint8Array.of(1, 2), testLabels: Uint8Array.of(2) }));
    expect(dataset).toMatchObject({ id: 'custom', height: 2, width: 1, channels: 1, classes: 3 });
    expect([dataset.train.labels.length, [...dataset.test.images], [...dataset.test.labels]]).toEqual([4, [1, 2], [2]]);
  });

  it('takes an empty test set as wanted', () => {
    expect(
      customDataset(given(20, { testImages: new Uint8Array(0), testLabels: new Uint8Array(0) })).train.labels,
    ).toHaveLength(20);
  });

  it('sets a tenth aside where there is no test set, always the same, images with their labels', () => {
    const { train, test } = customDataset(given(50));
    expect([train.labels.length, test.labels.length]).toEqual([45, 5]);
    expect(customDataset(given(50)).test).toEqual({ images: test.images, labels: test.labels });
    const firsts = [train, test].flatMap((set) => [...set.images.filter((_, i) => i % 2 === 0)]);
    expect(firsts.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    for (const set of [train, test]) set.labels.forEach((label, i) => expect(label).toBe(set.images[2 * i]! % 3));
  });

  it('leaves a single image to training', () => {
    const { train, test } = customDataset(given(1));
    expect([train.labels.length, test.labels.length]).toEqual([1, 0]);
  });

  it('calls the classes by their numbers, or as they are named', () => {
    expect(customDataset(given(3)).classNames).toEqual(['0', '1', '2']);
    expect(customDataset(given(3, { classNames: ['cat', 'dog', 'owl'] })).classNames).toEqual(['cat', 'dog', 'owl']);
  });

  it('can be drawn where the images are grey and no larger than a drawing', () => {
    const drawable = (height: number, channels: number) => {
      const [images, labels] = [new Uint8Array(2 * height * channels), new Uint8Array(2)];
      return customDataset(given(2, { height, channels, images, labels })).drawing !== null;
    };
    expect([drawable(28, 1), drawable(280, 1), drawable(281, 1), drawable(28, 3)]).toEqual([true, true, false, false]);
  });

  it.each([
    ['no object', null, /must be an object/],
    ['no images', given(0), /images: there are no images/],
    ['a missing field', given(2, { images: undefined }), /images: it must be a Uint8Array; it is missing/],
    ['floats', given(2, { images: new Float32Array(4) }), /images: it must be a Uint8Array; it is Float32Array/],
    ['plain numbers', given(2, { labels: [0, 1] }), /labels: it must be a Uint8Array; it is Array/],
    ['a fraction', given(2, { height: 1.5 }), /height: it must be a whole number from 1 to 1024, not 1.5/],
    ['zero channels', given(2, { channels: 0 }), /channels: .* not 0/],
    ['too many classes', given(2, { classes: 257 }), /classes: .*1 to 256, not 257/],
    ['text for a number', given(2, { width: '1' }), /width: /],
    ['a wrong length', given(2, { width: 3 }), /images: 2 labels need 2 x 2 x 3 x 1 = 12 bytes, but there are 4/],
    ['a label that is no class', given(3, { classes: 2 }), /labels: label 2 is 2, but the classes are 0 to 1/],
    ['test images without labels', given(2, { testImages: new Uint8Array(2) }), /testLabels: .* missing/],
    ['test labels without images', given(2, { testLabels: new Uint8Array(1) }), /testImages: .* missing/],
    ['names for some classes', given(2, { classNames: ['cat'] }), /classNames: it must be a list of 3 names/],
    ['a name without letters', given(2, { classNames: ['cat', ' ', 'owl'] }), /classNames: name 1 must be a text/],
    [
      'a wrong test label',
      given(2, { testImages: new Uint8Array(2), testLabels: Uint8Array.of(3) }),
      /testLabels: label 0 is 3/,
    ],
  ])('refuses %s', (_, data, message) => {
    expect(() => customDataset(data as CustomImages)).toThrow(message);
  });
});
