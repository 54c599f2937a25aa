import { expect, it } from 'vitest';
import { kerasCases } from '../reference/keras-cases.test-helper';
import { readKerasCases } from '../reference/keras-file.test-helper';
import { createCpuEngine } from './cpu/cpu-engine';
import { groupsAlike, wrongCases } from './keras-cases.test-helper';

const json = readKerasCases();

it.skipIf(!json)(
  'the CPU finds what Keras and TensorFlow.js found (skipped where their figures are not kept)',
  async () => expect(await wrongCases(createCpuEngine(), groupsAlike(kerasCases(json ?? '[]')))).toEqual([]),
);
