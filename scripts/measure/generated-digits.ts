/**
 * How good are the generated digits? Trains the default network on them alone and tests it on the
 * real MNIST test set, which it has never seen. Needs `npm run data` first. Run with
 *   npx tsx scripts/measure/generated-digits.ts [epochs] [seed]
 */
import { generateDigits } from '../../src/data/generated';
import { epochOrder } from '../../src/data/split';
import { initialWeights } from '../../src/model/initialize';
import { DEFAULT_PRESET } from '../../src/model/presets';
import { resolveModel } from '../../src/model/resolve';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import { createCpuEngine } from '../../src/backend/cpu/cpu-engine';
import type { Network, StepRequest } from '../../src/backend/engine';
import { evaluateRows } from '../../src/train/loop/evaluation';
import { requireMnist } from '../node/mnist';
import { inWords } from '../training/epochs';

const epochs = Number(process.argv[2] ?? 8);
const seed = Number(process.argv[3] ?? 1);

const rowsOf = (labels: Uint8Array) => Uint32Array.from(labels, (_, row) => row);

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

const mnist = await requireMnist();
const started = performance.now();
const generated = generateDigits();
console.log(
  `${generated.train.labels.length + generated.test.labels.length} digits drawn in ` +
    `${Math.round(performance.now() - started)} ms`,
);

const engine = createCpuEngine();
// The only images of MNIST in reach of the network are the test set's, and only for evaluation.
const dataset = { ...generated, test: mnist.test };
await engine.setDataset(dataset);
const model = resolveModel(DEFAULT_PRESET.spec, generated.classes);
const settings = { ...DEFAULT_SETTINGS, ...DEFAULT_PRESET.settings, seed };
const network = await engine.createNetwork(model, initialWeights(model, seed), settings);
const rows = rowsOf(generated.train.labels);
for (let epoch = 0; epoch < epochs; epoch++) {
  const loss = await trainEpoch(network, rows, epoch, settings.batchSize, settings.optimizer.learningRate);
  console.log(
    `epoch ${epoch + 1}: training loss ${loss.toFixed(4)} (${Math.round((performance.now() - started) / 1000)} s)`,
  );
}
// Once, at the end: the test set must not choose the epoch.
const result = await evaluateRows(network, dataset, 'test', rowsOf(mnist.test.labels));
console.log(`on the real MNIST test set after ${epochs} epochs, seed ${seed}: ${inWords(result)}`);
engine.dispose();
