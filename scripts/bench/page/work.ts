import type { OptimizerSettings } from '../../../src/model/settings';

/** The fields of a layer that the peers need. Its kind decides which of them it has. */
export interface LayerSpec {
  kind: string;
  filters?: number;
  units?: number;
  kernelSize?: readonly [number, number];
  poolSize?: readonly [number, number];
  strides?: readonly [number, number];
  padding?: 'valid' | 'same';
  activation?: string;
  momentum?: number;
  epsilon?: number;
  from?: string;
}

export interface LayerWork {
  id: string;
  spec: LayerSpec;
  /** Without the batch: [H, W, C] or [length]. */
  inputShape: readonly number[];
  outputShape: readonly number[];
}

export interface WeightTensor {
  shape: number[];
  data: Float32Array;
}

/** What the benchmark's files say about one row; {@link Work} adds the binary part. */
export interface WorkHeader {
  layers: LayerWork[];
  /** The network in the form that the product reads. */
  spec: unknown;
  input: [number, number, number];
  classes: number;
  batchSize: number;
  optimizer: OptimizerSettings;
  seed: number;
  /** The number of batches in the ring. */
  batches: number;
  /** The order of the float32 numbers at the start of the binary part. */
  tensors: { layer: string; name: string; shape: number[] }[];
}

/** One row of the table as every peer gets it. */
export interface Work extends WorkHeader {
  /** By layer id and name: convolution [kh, kw, in, out], dense [in, out], bias [out]. */
  weights: Record<string, Record<string, WeightTensor>>;
  /** [batches, N, H, W, C] bytes */
  images: Uint8Array;
  /** [batches, N] */
  labels: Uint8Array;
}

/** A network in training. */
export interface Trainer {
  /**
   * Trains this many more steps over the ring of batches. Resolves with the last step's loss when
   * it has been read.
   */
  run(steps: number): Promise<number>;
}

/** Something that trains networks. */
export interface Peer {
  /** What it is and what it runs on, for the report. */
  name: string;
  /**
   * Makes the network and places its batches on the device.
   * @throws Error saying why it cannot train this one.
   */
  create(work: Work): Promise<Trainer>;
}

/** Reads the two files of a row. */
export async function fetchWork(row: string): Promise<Work> {
  const header = (await (await fetch(`./rows/${row}.json`)).json()) as WorkHeader;
  const binary = await (await fetch(`./rows/${row}.bin`)).arrayBuffer();
  const weights: Work['weights'] = {};
  let end = 0;
  for (const { layer, name, shape } of header.tensors) {
    const length = shape.reduce((product, n) => product * n, 1);
    weights[layer] ??= {};
    weights[layer][name] = { shape, data: new Float32Array(binary, end, length) };
    end += length * 4;
  }
  const count = header.batches * header.batchSize;
  const size = header.input.reduce((product, n) => product * n, 1);
  return {
    ...header,
    weights,
    images: new Uint8Array(binary, end, count * size),
    labels: new Uint8Array(binary, end + count * size, count),
  };
}

/**
 * One batch as float32: images [N, H, W, C] in 0..1, and labels as [N, classes] of zeros and ones.
 */
export function floatBatch(
  work: Work,
  batch: number,
): { images: Float32Array<ArrayBuffer>; oneHot: Float32Array<ArrayBuffer> } {
  const { batchSize, classes, input } = work;
  const size = batchSize * input.reduce((product, n) => product * n, 1);
  const images = Float32Array.from(work.images.subarray(batch * size, (batch + 1) * size), (byte) => byte / 255);
  const oneHot = new Float32Array(batchSize * classes);
  const labels = work.labels.subarray(batch * batchSize, (batch + 1) * batchSize);
  for (const [i, label] of labels.entries()) oneHot[i * classes + label] = 1;
  return { images, oneHot };
}
