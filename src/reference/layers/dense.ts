import type { LayerSpec } from '../../model/layers';
import { channelsOf } from '../../model/shape';
import { activate, activateBackward, activationChoices } from '../activations';
import { addColumnSums, fillRows } from '../bias';
import type { LayerMath } from '../layer-math';
import { multiplyAdd, multiplyAddTransposedA, multiplyAddTransposedB } from '../matmul';
import { copyNumbers } from '../numbers';

type Spec = Extract<LayerSpec, { kind: 'dense' }>;

/** y = f(x w + bias), as Keras `Dense`: x [batch, in], w [in, units], y [batch, units]. */
export const dense: LayerMath<Spec> = {
  forward({ spec, inputShape, batch, input, output, preactivation, weight, bias, scratch }) {
    const inputs = channelsOf(inputShape);
    const { units } = spec;
    const x = scratch.copyOf('denseInput', input, batch * inputs);
    const w = scratch.copyOf('weight', weight!, inputs * units);
    const product = scratch.numbers('product', batch * units);
    fillRows(product, bias, batch, units);
    multiplyAdd(product, x, w, batch, units, inputs);
    activate(spec.activation, product, output, 0, batch * units, preactivation);
  },

  backward(pass) {
    const {
      spec,
      inputShape,
      batch,
      input,
      output,
      weight,
      outputGradient,
      inputGradient,
      weightGradient,
      biasGradient,
      scratch,
    } = pass;
    const inputs = channelsOf(inputShape);
    const { units } = spec;
    const dz = scratch.numbers('product', batch * units);
    activateBackward(spec.activation, outputGradient, pass.preactivation ?? output, dz, 0, batch * units);

    const x = scratch.copyOf('denseInput', input, batch * inputs);
    const dw = scratch.zeros('weightGradient', inputs * units);
    multiplyAddTransposedA(dw, x, dz, inputs, units, batch);
    copyNumbers(dw, weightGradient!, inputs * units);

    if (biasGradient) {
      const db = scratch.zeros('biasGradient', units);
      addColumnSums(db, dz, batch, units);
      copyNumbers(db, biasGradient, units);
    }
    if (inputGradient) {
      const w = scratch.copyOf('weight', weight!, inputs * units);
      const dx = scratch.zeros('denseInput', batch * inputs);
      multiplyAddTransposedB(dx, dz, w, batch, inputs, units);
      copyNumbers(dx, inputGradient, batch * inputs);
    }
  },

  choices({ spec, batch, output }, into) {
    activationChoices(spec.activation, output, into, batch * spec.units);
  },

  workspace({ spec: { units, useBias }, inputShape, batch }) {
    const inputs = channelsOf(inputShape);
    const weights = inputs * units;
    return {
      weight: weights,
      weightGradient: weights,
      biasGradient: useBias ? units : 0,
      denseInput: batch * inputs,
      product: batch * units,
    };
  },
};
