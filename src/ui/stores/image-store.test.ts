import { beforeEach, expect, it } from 'vitest';
import type { DatasetInfo } from '../../data/dataset';
import { MNIST } from '../../data/digits';
import { useRunStore } from './run-store';
import { useImageStore } from './image-store';

const store = () => useImageStore.getState();
const pixels = new Float32Array(784).fill(0.5);
const info = (change: Partial<DatasetInfo>): DatasetInfo => ({
  ...MNIST,
  source: '',
  counts: { train: 90, validation: 10, test: 20 },
  ...change,
});

beforeEach(() => useImageStore.setState(useImageStore.getInitialState(), true));

it('shows a drawing once there is one, and the row again when the pad is empty', () => {
  store().chooseRow('train', 3);
  store().draw(pixels);
  expect(store().choice).toEqual({ pixels, label: undefined });
  store().labelDrawing(7);
  expect(store().choice).toEqual({ pixels, label: 7 });
  store().show('dataset');
  expect(store().choice).toEqual({ split: 'train', row: 3 });
  store().draw(null);
  expect(store()).toMatchObject({ source: 'drawing', choice: { split: 'train', row: 3 } });
});

it('refits a drawing without choosing it', () => {
  store().refit(pixels);
  expect(store()).toMatchObject({ source: 'dataset', drawn: pixels, choice: { split: 'test', row: 0 } });
});

it('leaves nothing chosen that new data does not have', () => {
  store().draw(pixels);
  store().labelDrawing(7);
  store().chooseRow('validation', 5);
  useRunStore.setState({ dataset: info({}) });
  expect(store()).toMatchObject({ choice: { split: 'validation', row: 5 }, drawn: pixels, drawnLabel: 7 });
  useRunStore.setState({ dataset: info({ width: 20, classes: 4, counts: { train: 9, validation: 0, test: 2 } }) });
  expect(store()).toMatchObject({ choice: { split: 'test', row: 0 }, drawn: null, drawnLabel: undefined });
});

it('looks at images that are there where the test set is empty', () => {
  useRunStore.setState({ dataset: info({ counts: { train: 1, validation: 0, test: 0 } }) });
  expect(store().choice).toEqual({ split: 'train', row: 0 });
});
