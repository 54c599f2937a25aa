import { channelsOf, sizeOf } from '../../model/shape';
import type { LayerSpec } from '../../model/layers';
import type { BackwardPass, ForwardPass, LayerMath } from '../layer-math';
import type { Numbers } from '../numbers';

type Spec = Extract<LayerSpec, { kind: 'batchNormalization' }>;

/**
 * y = gamma xhat + beta with xhat = (x - mean) / sqrt(variance + epsilon), per channel of the last
 * axis, as Keras `BatchNormalization` (Ioffe & Szegedy 2015, algorithm 1). In training, mean and
 * biased variance are those of the batch; otherwise they are the running averages.
 */
export const batchNormalization: LayerMath<Spec> = {
  forward(pass) {
    const { input, output, gamma, beta } = pass;
    const { rows, channels } = layout(pass);
    if (pass.mode.training) momentsOfBatch(pass);
    const { mean } = statistics(pass);
    const factor = inverseDeviations(pass);
    for (let c = 0; gamma && c < channels; c++) factor[c] = (factor[c] ?? NaN) * (gamma[c] ?? NaN);
    for (let r = 0, at = 0; r < rows; r++) {
      for (let c = 0; c < channels; c++, at++)
        output[at] = ((input[at] ?? NaN) - (mean[c] ?? NaN)) * (factor[c] ?? NaN) + (beta ? (beta[c] ?? NaN) : 0);
    }
  },

  backward(pass) {
    const { gammaGradient, betaGradient } = pass;
    const { channels } = layout(pass);
    const { dgamma, dbeta } = gradientSums(pass);
    for (let c = 0; gammaGradient && c < channels; c++) gammaGradient[c] = dgamma[c] ?? NaN;
    for (let c = 0; betaGradient && c < channels; c++) betaGradient[c] = dbeta[c] ?? NaN;
    if (pass.inputGradient) writeInputGradient(pass, pass.inputGradient, dgamma, dbeta);
  },

  workspace({ inputShape }) {
    const channels = channelsOf(inputShape);
    return { sums: channels, 'inverse deviations': channels, dgamma: channels, dbeta: channels };
  },
};

/** The input is [rows, channels]. */
function layout({ batch, inputShape }: ForwardPass<Spec>) {
  const channels = inputShape.at(-1)!;
  return { channels, rows: (batch * sizeOf(inputShape)) / channels };
}

/** [channels] */
function statistics({
  mode,
  movingMean,
  movingVariance,
  movingMeanGradient,
  movingVarianceGradient,
}: ForwardPass<Spec>) {
  if (mode.training) return { mean: movingMeanGradient!, variance: movingVarianceGradient! };
  return { mean: movingMean!, variance: movingVariance! };
}

/**
 * Computes the mean, and then the mean of the squared deviations from it. A difference of two sums
 * would lose precision where the mean is large.
 */
function momentsOfBatch(pass: ForwardPass<Spec>): void {
  const { input, scratch } = pass;
  const { rows, channels } = layout(pass);
  const { mean, variance } = statistics(pass);
  const sums = scratch.zeros('sums', channels);
  for (let r = 0, at = 0; r < rows; r++) {
    for (let c = 0; c < channels; c++) sums[c] = (sums[c] ?? NaN) + (input[at++] ?? NaN);
  }
  for (let c = 0; c < channels; c++) mean[c] = (sums[c] ?? NaN) / rows;
  sums.fill(0, 0, channels);
  for (let r = 0, at = 0; r < rows; r++) {
    for (let c = 0; c < channels; c++) sums[c] = (sums[c] ?? NaN) + ((input[at++] ?? NaN) - (mean[c] ?? NaN)) ** 2;
  }
  for (let c = 0; c < channels; c++) variance[c] = (sums[c] ?? NaN) / rows;
}

/**
 * 1 / sqrt(variance + epsilon), [channels]. An infinite variance becomes NaN: with 0 the overflow
 * would go unnoticed.
 */
function inverseDeviations(pass: ForwardPass<Spec>): Float64Array {
  const { channels } = layout(pass);
  const { variance } = statistics(pass);
  const result = pass.scratch.numbers('inverse deviations', channels);
  for (let c = 0; c < channels; c++) {
    result[c] = Number.isFinite(variance[c] ?? NaN) ? 1 / Math.sqrt((variance[c] ?? NaN) + pass.spec.epsilon) : NaN;
  }
  return result;
}

/** dgamma = sum of dy xhat and dbeta = sum of dy over the batch, [channels]. */
function gradientSums(pass: BackwardPass<Spec>): { dgamma: Numbers; dbeta: Numbers } {
  const { input, outputGradient, scratch } = pass;
  const { rows, channels } = layout(pass);
  const { mean } = statistics(pass);
  const inverse = inverseDeviations(pass);
  const dgamma = scratch.zeros('dgamma', channels);
  const dbeta = scratch.zeros('dbeta', channels);
  for (let r = 0, at = 0; r < rows; r++) {
    for (let c = 0; c < channels; c++, at++) {
      dgamma[c] =
        (dgamma[c] ?? NaN) +
        (outputGradient[at] ?? NaN) * ((input[at] ?? NaN) - (mean[c] ?? NaN)) * (inverse[c] ?? NaN);
      dbeta[c] = (dbeta[c] ?? NaN) + (outputGradient[at] ?? NaN);
    }
  }
  return { dgamma, dbeta };
}

/**
 * dx = gamma / sqrt(variance + epsilon) (dy - dbeta / n - xhat dgamma / n): section 3 of the paper
 * with its terms collected. The last two terms come from mean and variance of the batch; running
 * averages do not have them.
 */
function writeInputGradient(pass: BackwardPass<Spec>, inputGradient: Numbers, dgamma: Numbers, dbeta: Numbers): void {
  const { input, outputGradient, gamma, mode } = pass;
  const { rows, channels } = layout(pass);
  const { mean } = statistics(pass);
  const inverse = inverseDeviations(pass);
  const share = mode.training ? 1 / rows : 0;
  for (let r = 0, at = 0; r < rows; r++) {
    for (let c = 0; c < channels; c++, at++) {
      const normalized = ((input[at] ?? NaN) - (mean[c] ?? NaN)) * (inverse[c] ?? NaN);
      const gradient = (outputGradient[at] ?? NaN) - share * ((dbeta[c] ?? NaN) + normalized * (dgamma[c] ?? NaN));
      inputGradient[at] = (gamma ? (gamma[c] ?? NaN) : 1) * (inverse[c] ?? NaN) * gradient;
    }
  }
}
