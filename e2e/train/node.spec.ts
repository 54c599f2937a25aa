import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findSwiftShader } from '../../scripts/browser/find-swiftshader.ts';
import { readTrainingOptions } from '../../scripts/training/options.ts';
import { parseDocument } from '../../src/ui/features/document/document.ts';
import { unpackWeights } from '../../src/ui/features/document/packed-weights.ts';
import { openPage, weightsOf } from '../parts/page-parts.ts';
import { expect, test } from '../parts/page-test.ts';

/** Page and Node compile the same shaders for a software adapter, one after the other. */
test.setTimeout(240_000);

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MODEL = 'neural-fortran-cnn-mnist';
const SEED = 5;
const STEPS = 8;
const { settings } = readTrainingOptions(['--model', MODEL, '--seed', `${SEED}`], []);

/** What `scripts/train.ts` prints, and the weights that it writes. */
async function trainInNode(backend: string, file: string, swiftShader: string | null) {
  const options = { model: MODEL, data: 'generated', seed: SEED, steps: STEPS, backend, weights: file };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/train.ts', ...args], {
    cwd: ROOT,
    env: { ...process.env, ...(swiftShader && { VK_ICD_FILENAMES: swiftShader }) },
  });
  const { step, weights = {} } = parseDocument(JSON.parse(await readFile(file, 'utf8')), file);
  return { stdout, step, weights: await unpackWeights(weights) };
}

for (const backend of ['webgpu', 'cpu']) {
  test(`Node trains to the same bits as the page on ${backend}`, async ({ page }, info) => {
    const swiftShader = findSwiftShader();
    test.skip(backend === 'webgpu' && !swiftShader, 'Node cannot use the adapter of this browser');
    await openPage(page, `?backend=${backend}`);
    await page.evaluate(() => window.playground.setDataset('generated'));
    await page.evaluate((change) => window.playground.configure(change), settings);
    await page.evaluate((id) => window.playground.setModel(id), MODEL);
    await page.evaluate((steps) => window.playground.train({ steps }), STEPS);
    const here = await weightsOf(page);

    const { stdout, step, weights } = await trainInNode(backend, info.outputPath('weights.json'), swiftShader);
    expect(stdout).toMatch(backend === 'cpu' ? /on CPU reference/ : /on SwiftShader/);
    expect(stdout).toMatch(/^test: loss [\d.]+, accuracy [\d.]+ %$/m);
    expect(step).toBe(STEPS);
    expect(weights).toEqual(here);
  });
}
