import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { at } from '../../src/at.ts';
import { customDataset, type CustomImages } from '../../src/data/custom.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { splitIndices } from '../../src/data/split.ts';
import { initialWeights } from '../../src/model/initialize.ts';
import { resolveModel } from '../../src/model/resolve.ts';
import { BatchPlan } from '../../src/train/loop/batch-plan.ts';
import { requireMnist } from '../node/mnist.ts';
import type { LayerSpec, WorkHeader } from './page/work.ts';
import { patterns } from './patterns.ts';
import type { Row } from './rows.ts';

export const SEED = 1;
/** The share of the training images that the page holds back for validation. */
export const VALIDATION_SPLIT = 0.1;
/**
 * How many batches the peers hold on their device and use again and again: the first ones of the
 * run.
 */
const BATCHES = 8;

/** The images for both kinds of rows. They are read or drawn when first needed. */
export class BenchData {
  private mnist: Promise<Dataset> | null = null;
  readonly patterns: CustomImages = patterns();

  /** @throws PlaygroundError if MNIST is not there. */
  async of(row: Row): Promise<Dataset> {
    if (row.data === 'patterns') return customDataset(this.patterns);
    return (this.mnist ??= requireMnist());
  }
}

/**
 * Writes what the peers need of a row to `rows/` in the served folder: a description, and weights
 * and batches as bytes.
 */
export async function writeWork(row: Row, data: BenchData, folder: string): Promise<void> {
  const spec = row.spec();
  const dataset = await data.of(row);
  const model = resolveModel(spec, dataset.classes);
  const weights = initialWeights(model, SEED);
  const tensors = Object.entries(weights).flatMap(([layer, byName]) =>
    Object.entries(byName).map(([name, { shape, data }]) => ({ layer, name, shape, data })),
  );
  const header: WorkHeader = {
    layers: model.layers.map(({ id, spec, inputShape, outputShape }) => ({
      id,
      spec: spec as LayerSpec,
      inputShape,
      outputShape,
    })),
    spec,
    input: [...spec.input],
    classes: model.classes,
    batchSize: row.batchSize,
    optimizer: row.optimizer,
    seed: SEED,
    batches: BATCHES,
    tensors: tensors.map(({ layer, name, shape }) => ({ layer, name, shape })),
  };
  const { images, labels } = firstBatches(dataset, row.batchSize);
  const parts = [...tensors.map(({ data }) => bytesOf(data)), images, labels];
  await mkdir(join(folder, 'rows'), { recursive: true });
  await writeFile(join(folder, 'rows', `${row.id}.json`), JSON.stringify(header));
  await writeFile(join(folder, 'rows', `${row.id}.bin`), Buffer.concat(parts));
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) => new Uint8Array(buffer, byteOffset, byteLength);

/**
 * The batches that the page itself begins with: images [batches, N, H, W, C], labels [batches, N].
 */
function firstBatches(
  { train, height, width, channels }: Dataset,
  batchSize: number,
): { images: Uint8Array; labels: Uint8Array } {
  const rows = splitIndices(train.labels.length, VALIDATION_SPLIT, SEED).train;
  const plan = new BatchPlan(rows, batchSize, SEED);
  const size = height * width * channels;
  const images = new Uint8Array(BATCHES * batchSize * size);
  const labels = new Uint8Array(BATCHES * batchSize);
  for (let batch = 0; batch < BATCHES; batch++) {
    plan.batchOf(batch + 1).rows.forEach((row, i) => {
      const place = batch * batchSize + i;
      images.set(train.images.subarray(row * size, (row + 1) * size), place * size);
      labels[place] = at(train.labels, row);
    });
  }
  return { images, labels };
}
