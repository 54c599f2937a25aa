/**
 * A small residual network for 32x32x3 images, in the manner of He et al. 2016, "Deep residual
 * learning for image recognition", section 4.2, with one block per stage. Stages 2 and 3 change
 * size and channels by a separate convolution instead of a projection in the skip connection.
 */
export const residualNetwork: unknown = {
  version: 1,
  name: 'small ResNet',
  input: [32, 32, 3],
  layers: stack(),
};

type Json = Record<string, unknown>;

function stack(): Json[] {
  const layers: Json[] = [];
  let activations = 0;
  const relu = () => {
    activations++;
    layers.push({ kind: 'activation', activation: 'relu' });
  };
  const convolution = (filters: number, stride: number) =>
    layers.push(
      {
        kind: 'conv2d',
        filters,
        kernelSize: [3, 3],
        strides: [stride, stride],
        padding: 'same',
        useBias: false,
        activation: 'linear',
      },
      { kind: 'batchNormalization', momentum: 0.99, epsilon: 1e-3 },
    );
  for (const filters of [16, 32, 64]) {
    convolution(filters, filters === 16 ? 1 : 2);
    relu();
    const skip = `activation_${activations}`;
    convolution(filters, 1);
    relu();
    convolution(filters, 1);
    layers.push({ kind: 'add', from: skip });
    relu();
  }
  layers.push({ kind: 'globalAveragePooling2d' }, { kind: 'dense', units: 10, activation: 'softmax' });
  return layers;
}
