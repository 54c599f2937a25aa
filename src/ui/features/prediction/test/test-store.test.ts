import { beforeEach, expect, it } from 'vitest';
import type { DatasetInfo } from '../../../../data/dataset';
import { MNIST } from '../../../../data/digits';
import { useRunStore } from '../../../stores/run-store';
import { useTestStore } from './test-store';

const dataOf = (classes: number): DatasetInfo => ({
  ...MNIST,
  source: '',
  classes,
  counts: { train: 8, validation: 0, test: 1 },
});

beforeEach(() => useTestStore.setState(useTestStore.getInitialState(), true));

it('lets go of a class that other data does not have', () => {
  const { choose } = useTestStore.getState();
  useRunStore.setState({ dataset: dataOf(10) });
  choose({ actual: 9, predicted: 2, outcome: 'wrong' });
  useRunStore.setState({ dataset: dataOf(10) });
  expect(useTestStore.getState().choice).toMatchObject({ actual: 9, predicted: 2 });
  useRunStore.setState({ dataset: dataOf(4) });
  expect(useTestStore.getState().choice).toMatchObject({ actual: null, predicted: 2, outcome: 'wrong' });
});
