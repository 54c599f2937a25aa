import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customDataset } from '../src/data/custom';
import { generateDigits } from '../src/data/generated';
import { findPreset } from '../src/model/presets';
import { createTestSession } from '../src/train/session/session.test-helper';
import { parseDocument } from '../src/ui/features/document/document';
import { unpackWeights } from '../src/ui/features/document/packed-weights';
import { readTrainingOptions } from './training/options';

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'train-'))));
afterAll(() => rm(folder, { recursive: true }));

/** Runs the script as a person does. @returns what it printed; rejects where it fails. */
const train = (...args: string[]) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'train.ts'), ...args]);

/** The weights that a session in this process comes to. */
async function trainHere(id: string, steps: number, settings: object) {
  const sources = {
    mnist: () => Promise.reject(new Error('not here')),
    generated: async () => generateDigits(),
    custom: customDataset,
  };
  const { request } = createTestSession({ sources });
  await request('start', { backend: 'cpu' });
  await request('setDataset', { dataset: 'generated' });
  await request('setModel', { model: findPreset(id).spec });
  await request('configure', { settings: settings as never });
  await request('train', { steps });
  return { weights: await request('getWeights', {}), test: await request('evaluate', { split: 'test' }) };
}

it('trains on the CPU to the same bits as any session, says how it went, and writes the weights', async () => {
  const file = join(folder, 'weights.json');
  const common = ['--model', 'logistic-regression', '--seed', '3', '--batch', '1000'];
  const args = [...common, '--data', 'generated', '--backend', 'cpu', '--steps', '12', '--weights', file];
  const { stdout, stderr } = await train(...args);
  const { settings } = readTrainingOptions(common, []);
  const { weights, test } = await trainHere('logistic-regression', 12, settings);

  const written = parseDocument(JSON.parse(await readFile(file, 'utf8')), file);
  expect(written).toMatchObject({ settings: { seed: 3, batchSize: 1000 }, dataset: 'generated', step: 12 });
  expect(await unpackWeights(written.weights ?? {})).toEqual(weights);

  const lines = stdout.trimEnd().split('\n');
  expect(lines[0]).toBe('Logistic regression, 7,850 parameters, on CPU reference');
  expect(lines[1]).toMatch(/^Generated digits: 9,000 .*1,000 .*2,000 .*batch 1000, seed 3, {"kind":"adam"/);
  // 9 steps an epoch.
  expect(lines[2]).toMatch(/^epoch 1, step 9: loss \d\.\d{4}, accuracy \d\d\.\d\d %, [\d.]+ ms per step$/);
  expect(lines[3]).toMatch(/^ {2}gradient norms: dense_1 [\d.e-]+$/);
  expect(lines[4]).toMatch(/^ {2}validation: loss .*accuracy/);
  expect(lines[5]).toMatch(/^epoch 2, step 12:/);
  expect(lines[8]).toBe(`test: loss ${test.loss.toFixed(4)}, accuracy ${(100 * test.accuracy).toFixed(2)} %`);
  expect(stderr).toContain('100 %, step 12 of 12');
}, 60_000);

describe('refuses, naming what there is,', () => {
  it.each([
    ['data', ['--data', 'nothing', '--backend', 'cpu'], /no data set "nothing".*mnist.*generated/],
    ['a place for the weights', ['--weights', '/no/where/weights.json'], /\/no\/where\/weights.json: .*cannot be/],
    ['two lengths', ['--steps', '1', '--epochs', '1'], /--steps or --epochs, not both/],
  ])(
    '%s',
    async (_, args, message) => {
      await expect(train(...args)).rejects.toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(message) as string,
      });
    },
    60_000,
  );

  it.each([
    [['--model', 'nothing'], /no preset "nothing".*Known presets: flux-conv-mnist, /],
    [['--backend', 'abacus'], /no backend "abacus".*webgpu, cpu/],
    [['--layers', '3'], /--layers.*Options: --model, --backend, /],
    [['--batch', '2.5'], /--batch takes a whole number of at least 1, not "2.5"/],
    [['--batch', '5000'], /batchSize: .*4096/],
    [['--optimizer', '{"kind":"newton"}'], /no such optimizer.*adam/],
    [['--optimizer', 'adam'], /--optimizer takes JSON/],
  ])('%j', (args, message) => expect(() => readTrainingOptions(args, [])).toThrow(message));
});
