import { DEFAULT_SETTINGS } from '../model/settings';
import { at, last } from '../at';
import { differenceFrom, type KerasAnswer, type KerasCase } from '../reference/keras-cases.test-helper';
import type { Engine, Network } from './engine';

/** Cases of the same layers; they can share a network, so that its kernels are compiled once. */
export function groupsAlike(cases: readonly KerasCase[]): KerasCase[][] {
  const alike = new Map<string, KerasCase[]>();
  for (const one of cases) {
    const { input, layers } = one.model.spec;
    const key = JSON.stringify([input, layers]);
    alike.set(key, [...(alike.get(key) ?? []), one]);
  }
  return [...alike.values()];
}

/** What an engine finds wrongly. */
export async function wrongCases(engine: Engine, groups: readonly KerasCase[][]): Promise<string[]> {
  const wrong: string[] = [];
  for (const group of groups) {
    const { model, weights } = at(group, 0);
    const network = await engine.createNetwork(model, weights, { ...DEFAULT_SETTINGS, batchSize: 1 });
    for (const one of group) {
      network.setWeights(one.weights);
      wrong.push(...differenceFrom(one, await answerOf(network, one)));
    }
    network.dispose();
  }
  return wrong;
}

async function answerOf(network: Network, { images, labels, ofGradient }: KerasCase): Promise<KerasAnswer> {
  if (!ofGradient) return { output: last((await network.forward(images)).outputs).data, gradients: [] };
  const { logits, layers } = await network.backward(images, labels, false);
  const gradients = layers.map(({ input, weight, gamma, beta }) => ({
    ...{ input: input.data, weight: weight?.data, gamma: gamma?.data, beta: beta?.data },
  }));
  return { output: logits.data, gradients };
}
