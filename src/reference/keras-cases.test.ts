import { expect, it } from 'vitest';
import { differenceFrom, kerasCases, type KerasAnswer, type KerasCase } from './keras-cases.test-helper';
import { readKerasCases } from './keras-file.test-helper';
import { ReferenceNetwork } from './network';
import { float32, float64, type Numbers, type NumbersOf } from './numbers';

const json = readKerasCases();

function answerOf<T extends Numbers>(create: NumbersOf<T>, { model, weights, images, labels }: KerasCase): KerasAnswer {
  const network = new ReferenceNetwork(model, create);
  network.setWeights(weights);
  const input = create(images.length);
  input.set(images);
  network.backward(input, labels, labels.length, true);
  const gradients = network.layers.map((state, l) => ({
    ...state.gradients,
    input: network.layers[l - 1]?.nextInputGradient ?? network.inputGradient,
  }));
  return { output: network.logits, gradients };
}

const PRECISIONS: [name: string, answer: (one: KerasCase) => KerasAnswer][] = [
  ['float64', (one) => answerOf(float64, one)],
  ['float32', (one) => answerOf(float32, one)],
];

it.skipIf(!json).each(PRECISIONS)(
  'the reference in %s finds what Keras and TensorFlow.js found (skipped where their figures are not kept)',
  (_name, answer) => {
    const cases = kerasCases(json ?? '[]');
    expect(cases).toHaveLength(324);
    expect(cases.flatMap((one) => differenceFrom(one, answer(one)))).toEqual([]);
  },
);
