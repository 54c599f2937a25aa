import { PlaygroundError } from '../errors';
import type { Tensor, Weights } from './initialize';
import type { WeightSpec } from './layer-kind';
import { sizeOf } from './shape';
import type { ResolvedModel } from './resolve';

/**
 * Replaces current weights with the given ones. Layers and tensors that are not given stay as they
 * are.
 * @throws PlaygroundError naming layer and tensor: unknown name, wrong shape or length, a number
 * that is not finite, a negative variance.
 */
export function mergeWeights(model: ResolvedModel, current: Weights, given: unknown): Weights {
  if (!isRecord(given)) throw new PlaygroundError('weights must be an object of tensors by layer id.');
  const merged: Weights = { ...current };
  for (const [id, tensors] of Object.entries(given)) {
    const specs = specsOf(model, id);
    if (!isRecord(tensors)) throw new PlaygroundError('expects { weight, bias } tensors.', { where: { layer: id } });
    merged[id] = { ...current[id] };
    for (const [name, tensor] of Object.entries(tensors)) {
      const spec = specs.find((candidate) => candidate.name === name);
      if (!spec) throw unknownTensor(id, name, specs);
      merged[id][spec.name] = checkedTensor(tensor, spec, id);
    }
  }
  return merged;
}

function specsOf(model: ResolvedModel, id: string): WeightSpec[] {
  const layer = model.layers.find((candidate) => candidate.id === id);
  if (layer) return layer.weights;
  const known = model.layers.filter((candidate) => candidate.weights.length > 0).map((candidate) => candidate.id);
  const remedy = known.length > 0 ? `Layers with weights: ${known.join(', ')}.` : 'This network has no weights.';
  throw new PlaygroundError('the network has no such layer.', { where: { layer: id }, remedy });
}

function unknownTensor(layer: string, field: string, specs: readonly WeightSpec[]): PlaygroundError {
  const remedy =
    specs.length > 0 ? `It has: ${specs.map(({ name }) => name).join(', ')}.` : 'It has no weights at all.';
  return new PlaygroundError('the layer has no such tensor.', { where: { layer, field }, remedy });
}

function checkedTensor(tensor: unknown, spec: WeightSpec, layer: string): Tensor {
  const where = { layer, field: spec.name };
  const expected = `[${spec.shape.join(', ')}]`;
  if (!isRecord(tensor) || !Array.isArray(tensor.shape)) {
    throw new PlaygroundError('expects { shape, data }.', { where, remedy: `The shape is ${expected}.` });
  }
  if (tensor.shape.join() !== spec.shape.join()) {
    throw new PlaygroundError(`the shape is [${tensor.shape.join(', ')}] but should be ${expected}.`, { where });
  }
  if (!(tensor.data instanceof Float32Array) || tensor.data.length !== sizeOf(spec.shape)) {
    throw new PlaygroundError(`the data must be a Float32Array of ${sizeOf(spec.shape)} numbers.`, { where });
  }
  const bad = tensor.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new PlaygroundError(`number ${bad} is ${tensor.data[bad]}.`, {
      where,
      remedy: 'All weights must be finite.',
    });
  const negative = spec.name === 'movingVariance' ? tensor.data.findIndex((value) => value < 0) : -1;
  if (negative >= 0)
    throw new PlaygroundError(`number ${negative} is ${tensor.data[negative]}.`, {
      where,
      remedy: 'A variance is 0 or more.',
    });
  return { shape: [...spec.shape], data: tensor.data.slice() };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}
