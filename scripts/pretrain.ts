/**
 * Trains the default network on MNIST in the page, with this project's own engine, and writes the
 * weights that the page opens with to `public/pretrained.json`. Needs `npm run data` first. Run
 * with
 *   npm run pretrain
 * The learning rate falls from epoch to epoch ({@link LEARNING_RATES}); nothing is chosen by the
 * test accuracy, which is measured once at the end and written into the file.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { DEFAULT_PRESET } from '../src/model/presets.ts';
import { DEFAULT_SETTINGS } from '../src/model/settings.ts';
import { launchBrowser, newVisitor, openWithMnist } from './measure/browser.ts';
import { servePage } from './measure/serve.ts';

/** The learning rate of each epoch. */
const LEARNING_RATES = [3e-3, 3e-3, 1e-3, 3e-4];
const FILE = fileURLToPath(new URL('../public/pretrained.json', import.meta.url));

const { kind } = DEFAULT_PRESET.settings.optimizer;
const settings = { ...DEFAULT_SETTINGS, ...DEFAULT_PRESET.settings };
const served = await servePage();
const browser = await launchBrowser();
try {
  const { page, adapter } = await openWithMnist(await newVisitor(browser, served.url), served.url, '?backend=webgpu');
  await page.evaluate((change) => window.playground.configure(change), settings);
  await page.evaluate((id) => window.playground.setModel(id), DEFAULT_PRESET.id);
  let steps = 0;
  for (const learningRate of LEARNING_RATES) {
    const result = await page.evaluate(
      async (optimizer) => {
        window.playground.configure({ optimizer });
        return window.playground.train({ epochs: 1 });
      },
      { kind, learningRate },
    );
    if (result.halted) throw new Error(`Training halted: ${result.halted.error.what}`);
    steps += result.steps;
    const { accuracy } = await page.evaluate(() => window.playground.evaluate('validation'));
    console.log(`learning rate ${learningRate}: validation accuracy ${(100 * accuracy).toFixed(2)} %, ${steps} steps`);
  }
  const { accuracy, loss } = await page.evaluate(() => window.playground.evaluate('test'));
  const layers = await page.evaluate(async () => {
    const all = Object.entries(await window.playground.getWeights());
    return all.map(([id, tensors]) => ({
      id,
      tensors: Object.entries(tensors).map(([name, { shape, data }]) => ({ name, shape, values: [...data] })),
    }));
  });
  const inBase64 = (values: number[]) => Buffer.from(Float32Array.from(values).buffer).toString('base64');
  const weights = Object.fromEntries(
    layers.map(({ id, tensors }) => [
      id,
      Object.fromEntries(tensors.map(({ name, shape, values }) => [name, { shape, data: inBase64(values) }])),
    ]),
  );
  const trained = {
    data: 'MNIST',
    epochs: LEARNING_RATES.length,
    steps,
    learningRates: LEARNING_RATES,
    settings,
    adapter,
  };
  const file = {
    version: 1,
    preset: DEFAULT_PRESET.id,
    model: DEFAULT_PRESET.spec,
    trained,
    test: { accuracy, loss },
    weights,
  };
  const options = await resolveConfig(FILE);
  await writeFile(FILE, await format(JSON.stringify(file), { ...options, filepath: FILE }));
  console.log(`test accuracy ${(100 * accuracy).toFixed(2)} %, loss ${loss.toFixed(4)}; written to ${FILE}`);
} finally {
  await browser.close();
  await served.close();
}
