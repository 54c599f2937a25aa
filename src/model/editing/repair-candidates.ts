import { at as entryAt } from '../../at';
import { outcomeOf, type Edit } from './edits';
import { sizeOf, type Shape } from '../shape';
import type { LayerSpec } from '../layers';
import { activationOf, type LayerReport } from '../resolve';
import { createLayer, type ModelSpec } from '../spec';

/** A change that makes the problem of one layer go away. */
export type Repair = Edit & {
  /** What the repair does, as the label of a button. */
  label: string;
};

/** A layer with a problem, and where it stands. */
export interface Site {
  spec: ModelSpec;
  layers: readonly LayerSpec[];
  reports: readonly LayerReport[];
  index: number;
  classes: number;
  /** Shape of the layer's input. */
  input: Shape;
}

/**
 * All repairs worth trying. The ones that people most often mean come first. The caller tries each
 * repair and drops those that do not help.
 */
export function candidates(site: Site): Repair[] {
  return [...shapeRepairs(site), ...windowRepairs(site), ...referenceRepairs(site), ...placeRepairs(site)];
}

const layerOf = ({ layers, index }: Site): LayerSpec => entryAt(layers, index);

/**
 * Repairs for a layer that needs a vector but gets an image, or the other way round, and for a
 * Reshape layer whose target shape does not fit the size of its input.
 */
function shapeRepairs(site: Site): Repair[] {
  const { layers, reports, index: at, input } = site;
  const layer = layerOf(site);
  if (layer.kind === 'reshape')
    return targetShapes(layer.targetShape, input).map((shape) => ({ ...targetRepair(shape), at }));
  if (input.length === 3) return [{ label: 'Insert Flatten', at, insert: [createLayer('flatten')] }];
  const flatten = layers.findLastIndex(({ kind }, i) => i < at && kind === 'flatten');
  const report = reports[flatten];
  const before: Repair[] = report ? [{ label: `Move before ${report.id}`, at, moveTo: flatten }] : [];
  const wasImage = flatten === at - 1 ? report?.resolved?.inputShape : undefined;
  const shape = wasImage?.length === 3 ? wasImage : squareImage(sizeOf(input));
  return shape
    ? [
        ...before,
        {
          label: `Insert Reshape to ${shape.join('×')}`,
          at,
          insert: [createLayer('reshape', { targetShape: [...shape] })],
        },
      ]
    : before;
}

const targetRepair = (targetShape: number[]) => ({
  label: `Set target shape to ${targetShape.join('×')}`,
  change: { targetShape },
});

/**
 * Target shapes to try: the wanted shape with one side left open, then two shapes that always fit:
 * a vector, and the largest square image if there is one.
 */
function targetShapes(target: readonly number[], input: Shape): number[][] {
  const open = target.length === 3 ? [2, 1, 0].map((side) => target.map((n, i) => (i === side ? -1 : n))) : [];
  return [...open, [-1], squareImage(sizeOf(input)) ?? [-1]];
}

/**
 * The largest square image with this many numbers, [side, side, channels]; null if there is none of
 * at least 2 x 2.
 */
function squareImage(numbers: number): number[] | null {
  for (let side = Math.floor(Math.sqrt(numbers)); side > 1; side--) {
    if (numbers % side ** 2 === 0) return [side, side, numbers / side ** 2];
  }
  return null;
}

/**
 * Repairs for a window larger than its input, for strides and dilation that exclude each other, and
 * for a depthwise convolution with unequal strides.
 */
function windowRepairs(site: Site): Repair[] {
  const { index: at, input } = site;
  const layer = layerOf(site);
  if (!('padding' in layer) || !('strides' in layer)) return [];
  const field = 'kernelSize' in layer ? 'kernelSize' : 'poolSize';
  const size = 'kernelSize' in layer ? layer.kernelSize : layer.poolSize;
  const smaller = size.map((n, axis) => Math.min(n, input[axis] ?? n));
  const stride = Math.max(...layer.strides);
  return [
    { label: 'Set padding to "same"', at, change: { padding: 'same' } },
    {
      label: `Make the ${field === 'kernelSize' ? 'kernel' : 'pool'} ${smaller.join('×')}`,
      at,
      change: { [field]: smaller },
    },
    { label: `Set strides to ${stride}×${stride}`, at, change: { strides: [stride, stride] } },
    ...('dilationRate' in layer
      ? [
          { label: 'Set dilation to 1×1', at, change: { dilationRate: [1, 1] } },
          { label: 'Set strides to 1×1', at, change: { strides: [1, 1] } },
        ]
      : []),
  ];
}

/**
 * Repairs for a second input that is missing or has another shape. Takes the nearest earlier layer
 * that fits. The layer directly before is taken only if no other layer fits.
 */
function referenceRepairs(site: Site): Repair[] {
  const { reports, index: at, input } = site;
  if (layerOf(site).kind !== 'add') return [];
  const fitting = reports.slice(0, at).filter(({ resolved }) => resolved?.outputShape.join() === input.join());
  const nearest = fitting.findLast(({ id }) => id !== reports[at - 1]?.id) ?? fitting.at(-1);
  return nearest ? [{ label: `Take ${nearest.id}`, at, change: { from: nearest.id } }] : [];
}

/**
 * Repairs for a softmax before the last layer, and for a last layer that does not give one score
 * per class.
 */
function placeRepairs(site: Site): Repair[] {
  const { layers, reports, index: at, classes } = site;
  if (at < layers.length - 1) return activationOf(layerOf(site)) === 'softmax' ? softmaxRepairs(site) : [];
  const dense = layers.findLastIndex(({ kind }) => kind === 'dense');
  const [layer, report] = [layers[dense], reports[dense]];
  if (!layer || !report) return ending(site);
  const whose = dense === at ? '' : ` of ${report.id}`;
  const units: Repair = { label: `Set units${whose} to ${classes}`, at: dense, change: { units: classes } };
  // A hidden layer more likely lacks an output layer after it than has the wrong number of units.
  const isHidden = !['softmax', 'linear'].includes(activationOf(layer));
  return isHidden ? [...ending(site), units] : [units, ...ending(site)];
}

function softmaxRepairs({ layers, reports, index: at }: Site): Repair[] {
  const last = layers.length - 1;
  const repairs: Repair[] = [
    { label: 'Set activation to relu', at, change: { activation: 'relu' } },
    { label: 'Move to the end', at, moveTo: last },
  ];
  const flatten = layers.findLastIndex(({ kind }, i) => i < at && kind === 'flatten');
  const [end, target] = [reports[last], reports[flatten]];
  if (at !== last - 1 || !end || !target) return repairs;
  // The last layer may have been put after the output by mistake.
  return [...repairs, { label: `Move ${end.id} before ${target.id}`, at: last, moveTo: flatten }];
}

/**
 * Adds a dense output after the last layer. If the last layer gives an image, a Flatten goes before
 * the output.
 */
function ending({ spec, index, classes }: Site): Repair[] {
  const [flatten, output] = smallestLayers(classes);
  const at = index + 1;
  const plain: Repair = { label: `Add Dense with ${classes} units`, at, insert: [output] };
  if (outcomeOf(spec, plain, index, classes).valid) return [plain];
  return [{ label: `Add Flatten and Dense with ${classes} units`, at, insert: [flatten, output] }];
}

/** The smallest network, for an empty stack: it computes one score per class from the pixels. */
export const smallestLayers = (classes: number): [LayerSpec, LayerSpec] => [
  createLayer('flatten'),
  createLayer('dense', { units: classes, activation: 'softmax' }),
];
