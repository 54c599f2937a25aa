import { expect, it } from 'vitest';
import { fileName } from './file-name';
import { weightsWords } from './weights-words';

const present = {
  source: null,
  step: 0,
  seed: 7,
  runId: 3,
  pretrainedAccuracy: 0.9899,
  restoredStep: 1240,
  reachedStep: 0,
  file: 'a.json',
  edit: null,
} as const;
const edit = (kept: string[], fresh: string[], runId = 3) => ({ runId, kept, fresh });

it('says where the weights come from', () => {
  const words = (change: object) => weightsWords({ ...present, ...change });
  expect(words({})).toBe('Fresh weights, seed 7');
  expect(words({ source: 'pretrained' })).toBe('Pre-trained on MNIST: 99.0 % on the test images');
  expect(words({ source: 'pretrained', step: 3 })).toBe('Training continues from the pre-trained weights');
  expect(words({ source: 'restored' })).toBe('Restored: step 1,240');
  expect(words({ source: 'restored', step: 1250, reachedStep: 1300 })).toBe('Restored: step 1,240, and again to 1,300');
  expect(words({ source: 'restored', step: 1400, reachedStep: 1300 })).toBe('Restored: step 1,300');
  expect(words({ source: 'file' })).toBe('Weights from a.json');
  expect(words({ source: 'set' })).toBe('Weights set by a script');
  expect(words({ source: 'kept', edit: edit(['a_1', 'b_1'], ['c_1']) })).toBe('Weights kept: a_1, b_1 · fresh: c_1');
  expect(words({ source: 'kept', edit: edit(['a_1'], []) })).toBe('All layers kept their weights');
  expect(words({ source: 'kept', edit: edit(['1', '2', '3', '4', '5', '6'], ['7']) })).toBe(
    'Weights kept: 1, 2, 3 and 3 more · fresh: 7',
  );
  expect(words({ edit: edit([], ['a_1']) })).toBe('No layer kept its weights: all have other shapes');
  // An edit before the last reset is no longer worth mentioning.
  expect(words({ edit: edit([], ['a_1'], 2) })).toBe('Fresh weights, seed 7');
});

it('names files so that every system takes them', () => {
  expect(fileName('LeNet-5')).toBe('LeNet-5.json');
  expect(fileName('../Netz für "Ziffern"/1')).toBe('Netz-fu-r-Ziffern-1.json');
  expect(fileName('数字')).toBe('network.json');
});
