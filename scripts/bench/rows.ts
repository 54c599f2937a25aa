import { findPreset } from '../../src/model/presets.ts';
import type { OptimizerSettings } from '../../src/model/settings.ts';
import { parseModelSpec, type ModelSpec } from '../../src/model/spec.ts';
import { residualNetwork } from './resnet.ts';

/** One line of the table: a network, how it is trained, and on what. */
export interface Row {
  /** The name for `--only`. */
  id: string;
  title: string;
  batchSize: number;
  optimizer: OptimizerSettings;
  data: 'mnist' | 'patterns';
  /**
   * Makes the network on demand.
   * @throws PlaygroundError if the product does not know a layer kind.
   */
  spec(): ModelSpec;
}

const sgd = (learningRate: number): OptimizerSettings => ({ kind: 'sgd', learningRate });
const adam = (learningRate: number): OptimizerSettings => ({
  kind: 'adam',
  learningRate,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
});

function mnistRows(id: string, title: string, preset: string, optimizer: OptimizerSettings): Row[] {
  return [32, 128].map((batchSize) => ({
    id: `${id}-${batchSize}`,
    title,
    batchSize,
    optimizer,
    data: 'mnist',
    spec: () => findPreset(preset).spec,
  }));
}

/**
 * All rows, in the order of the table. Adam is that of Keras: both moments corrected for bias,
 * epsilon 1e-7.
 */
export const ROWS: readonly Row[] = [
  ...mnistRows('fortran', 'neural-fortran net', 'neural-fortran-cnn-mnist', sgd(0.01)),
  ...mnistRows('lenet', 'LeNet-5', 'lenet-5', adam(1e-3)),
  ...mnistRows('flux', 'Flux net', 'flux-conv-mnist', adam(3e-3)),
  {
    id: 'resnet-64',
    title: 'small ResNet',
    batchSize: 64,
    optimizer: adam(1e-3),
    data: 'patterns',
    spec: () => parseModelSpec(residualNetwork),
  },
];

/**
 * The rows named in a list such as `flux-32,lenet-128`; all rows without a list.
 * @throws Error naming the rows there are.
 */
export function chosenRows(list: string | undefined): Row[] {
  if (list === undefined) return [...ROWS];
  return list.split(',').map((id) => {
    const row = ROWS.find((one) => one.id === id.trim());
    if (!row) throw new Error(`There is no row "${id}". Known rows: ${ROWS.map((one) => one.id).join(', ')}.`);
    return row;
  });
}
