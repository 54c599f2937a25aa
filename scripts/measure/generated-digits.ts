/**
 * How good are the generated digits? Trains the default network on them alone and tests it on the
 * real MNIST test set, which it has never seen. Needs `npm run data` first. Run with
 *   npx tsx scripts/measure/generated-digits.ts [epochs] [seed]
 */
import { generateDigits } from '../../src/data/generated';
import { loadMnistFromDisk } from '../../src/data/load-node';
import { epochOrder } from '../../src/data/split';
import { initialWeights } from '../../src/model/initialize';
import { DEFAULT_PRESET } from '../../src/model/presets';
import { resolveModel } from '../../src/model/resolve';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import { createCpuEngine } from '../../src/backend/cpu/cpu-engine';
import type { Network, StepRequest } from '../../src/backend/engine';

const epochs = Number(process.argv[2] ?? 8);
const seed = Number(process.argv[3] ?? 1);

/** The share of rows whose largest logit is that of their label. */
async function accuracy(network: Network, labels: Uint8Array): Promise<number> {
  const rows = Uint32Array.from(labels, (_, row) => row);
  const logits = await network.evaluate('test', rows);
  const classes = logits.length / labels.length;
  const hits = labels.filter((label, row) => {
    const scores = logits.subarray(row * classes, (row + 1) * classes);
    return scores.indexOf(Math.max(...scores)) === label;
  });
  return hits.length / labels.length;
}

async function trainEpoch(
  network: Network,
  rows: Uint32Array,
  epoch: number,
  batchSize: number,
  initialRate: number,
): Promise<number> {
  network.setOrder(epochOrder(rows, seed, epoch));
  const perEpoch = Math.ceil(rows.length / batchSize);
  const steps: StepRequest[] = Array.from({ length: perEpoch }, (_, i) => ({
    step: epoch * perEpoch + i + 1,
    offset: i * batchSize,
    count: Math.min(batchSize, rows.length - i * batchSize),
    // Falls to zero over the run: at a constant rate the accuracy would swing by a percent from
    // step to step.
    learningRate: initialRate * (1 - (epoch * perEpoch + i) / (epochs * perEpoch)),
  }));
  const results = await network.trainSteps(steps);
  return results.reduce((sum, { loss }) => sum + loss, 0) / results.length;
}

const mnist = await loadMnistFromDisk();
if (!mnist) {
  console.error('The MNIST files are not in public/data/mnist/. Run: npm run data');
  process.exit(1);
}

const started = performance.now();
const generated = generateDigits();
console.log(
  `${generated.train.labels.length + generated.test.labels.length} digits drawn in ` +
    `${Math.round(performance.now() - started)} ms`,
);

const engine = createCpuEngine();
// The only MNIST images that the network sees are those of the test set, and only in the
// evaluation.
await engine.setDataset({ ...generated, test: mnist.test });
const model = resolveModel(DEFAULT_PRESET.spec, generated.classes);
const settings = { ...DEFAULT_SETTINGS, ...DEFAULT_PRESET.settings, seed };
const network = await engine.createNetwork(model, initialWeights(model, seed), settings);
const rows = Uint32Array.from(generated.train.labels, (_, row) => row);
for (let epoch = 0; epoch < epochs; epoch++) {
  const loss = await trainEpoch(network, rows, epoch, settings.batchSize, settings.optimizer.learningRate);
  console.log(
    `epoch ${epoch + 1}: training loss ${loss.toFixed(4)} (${Math.round((performance.now() - started) / 1000)} s)`,
  );
}
// Once, at the end: the test set must not choose the epoch.
const share = await accuracy(network, mnist.test.labels);
console.log(`accuracy on the real MNIST test set after ${epochs} epochs, seed ${seed}: ${(100 * share).toFixed(2)} %`);
engine.dispose();
