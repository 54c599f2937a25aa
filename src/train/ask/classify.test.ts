import { expect, it } from 'vitest';
import { softmaxRows } from '../loop/evaluation';
import { createReadySession, tinyModel } from '../session/session.test-helper';

it('classifies every image of a split as the network predicts it, and emits the evaluation', async () => {
  const { request, eventsOf } = await createReadySession();
  await request('train', { steps: 12 });
  const { split, step, labels, predicted, confidence, loss } = await request('classify', { split: 'test' });
  expect([split, step, labels.length]).toEqual(['test', 12, 20]);
  const rows = Array.from({ length: 20 }, (_, row) => row);
  const { images, labels: expected } = await request('samples', { split: 'test', rows });
  expect(labels).toEqual(expected);
  const probabilities = await request('predict', { images: Float32Array.from(images, (byte) => byte / 255) });
  for (const row of rows) {
    const shares = probabilities.subarray(3 * row, 3 * row + 3);
    expect(shares[predicted[row]!]).toBe(Math.max(...shares));
    expect(confidence[row]).toBeCloseTo(shares[predicted[row]!]!, 5);
    expect(loss[row]).toBeCloseTo(-Math.log(shares[labels[row]!]!), 4);
  }
  expect(eventsOf('evaluating').map(({ fraction }) => fraction)).toContain(1);
  const event = eventsOf('evaluation').at(-1)!;
  expect(event).toMatchObject({ split: 'test', step: 12, images: 20, whole: true });
  expect(event.result).toEqual(await request('evaluate', { split: 'test' }));
  expect(event.result.loss).toBeCloseTo(loss.reduce((sum, value) => sum + value) / 20, 5);
});

it('looks at the first images only where told so', async () => {
  const { request, eventsOf } = await createReadySession();
  const all = await request('classify', { split: 'train' });
  const few = await request('classify', { split: 'train', most: 7 });
  expect(few.labels).toEqual(all.labels.slice(0, 7));
  expect(few.loss).toEqual(all.loss.slice(0, 7));
  expect(eventsOf('evaluation').at(-1)).toMatchObject({ split: 'train', images: 7, whole: false });
  await expect(request('classify', { split: 'train', most: 0 })).rejects.toThrow(/most.*at least 1/);
  await expect(request('classify', { split: 'every' as 'test' })).rejects.toThrow(/no split "every"/);
});

it('finds the pixels that matter: the size of the gradient that backward gives', async () => {
  const { request } = await createReadySession();
  await request('train', { steps: 12 });
  const image = { split: 'test', row: 4 } as const;
  const { images, labels } = await request('samples', { split: 'test', rows: [4] });
  const pixels = Float32Array.from(images, (byte) => byte / 255);
  const { gradients } = await request('backward', { images: pixels, labels, training: false });
  const labelled = await request('saliency', { image });
  expect(labelled).toMatchObject({ target: labels[0], guessed: false });
  expect(labelled.map.shape).toEqual([6, 6]);
  expect(labelled.map.data).toEqual(gradients.conv2d_1!.input.data.map(Math.abs));
  expect(Math.max(...labelled.map.data)).toBeGreaterThan(0);

  const shares = softmaxRows(await request('predict', { images: pixels }), 3);
  const drawn = await request('saliency', { image: { pixels } });
  expect(drawn).toMatchObject({ target: shares.indexOf(Math.max(...shares)), guessed: true });
});

it('takes the largest of several channels', async () => {
  const { request } = await createReadySession();
  await request('setModel', { model: { ...tinyModel, input: [6, 6, 2] } });
  const pixels = Float32Array.from({ length: 72 }, (_, i) => ((i * 37) % 72) / 72);
  const { gradients } = await request('backward', { images: pixels, labels: Uint8Array.of(1), training: false });
  const { data } = gradients.conv2d_1!.input;
  const { map, target } = await request('saliency', { image: { pixels, label: 1 } });
  expect(target).toBe(1);
  expect(map.shape).toEqual([6, 6]);
  for (let pixel = 0; pixel < 36; pixel++) {
    expect(map.data[pixel]).toBe(Math.max(Math.abs(data[2 * pixel]!), Math.abs(data[2 * pixel + 1]!)));
  }
});
