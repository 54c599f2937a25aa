import { at } from '../../../at';
import { PlaygroundError } from '../../../errors';
import { fitsChannels, scalingPart, type InputScaling, type NetworkInput } from '../../../model/input-scaling';
import type { Shape } from '../../../model/shape';
import type { LayerSpec } from '../../../model/layers';
import { inspectModel, isSound, type LayerReport } from '../../../model/resolve';
import { layerIds, type ModelSpec } from '../../../model/spec';
import { activeSpecs } from './layer-references';
import type { StackLayer } from './stack-layer';

export interface Stack extends NetworkInput {
  name: string;
  layers: StackLayer[];
}

/** One layer as the stack shows it. */
export interface StackReport extends LayerReport {
  /** The layer as it is in the network: its references use ids of the network. */
  spec: LayerSpec;
  /**
   * The layer is off: its id does not exist in the network, and its input passes through unchanged.
   */
  bypassed?: true;
}

/** The active layers as the JSON that is trained and used in scripts. */
export function specOf({ name, input, inputScaling, layers }: Stack): ModelSpec {
  return { version: 1, name, input, ...scalingPart(inputScaling), layers: activeSpecs(layers) };
}

/** All layers, including those that are off, and the indices of the layers that are off. */
export function wholeStackOf({ name, input, inputScaling, layers }: Stack): { model: ModelSpec; bypassed: number[] } {
  const bypassed = layers.flatMap((layer, i) => (layer.bypassed ? [i] : []));
  const specs = layers.map(({ spec }) => spec);
  return { model: { version: 1, name, input, ...scalingPart(inputScaling), layers: specs }, bypassed };
}

/** The network ids of the active layers, by uid. */
export function networkIdsOf({ layers }: Pick<Stack, 'layers'>): Record<string, string> {
  const active = layers.filter(({ bypassed }) => !bypassed);
  const ids = layerIds(active.map(({ spec }) => spec));
  return Object.fromEntries(active.map(({ uid }, i) => [uid, at(ids, i)]));
}

/**
 * The ids that layers of a stack have in a network, by uid. Layers are matched in order by their
 * whole content; a layer without a match has no entry.
 */
export function idsIn(network: ModelSpec, { layers }: Pick<Stack, 'layers'>): Record<string, string> {
  const ids = layerIds(network.layers);
  const texts = network.layers.map((layer) => JSON.stringify(layer));
  const found: Record<string, string> = {};
  let next = 0;
  for (const { uid, spec, bypassed } of layers) {
    const index = bypassed ? -1 : texts.indexOf(JSON.stringify(spec), next);
    if (index < 0) continue;
    found[uid] = at(ids, index);
    next = index + 1;
  }
  return found;
}

/**
 * One report for each layer of the stack.
 * @param before the previous reports; a report that did not change stays the same object, so that
 * nothing is redrawn for it
 */
function stackReports(stack: Stack, classes: number, before: readonly StackReport[] = []): StackReport[] {
  const { layers } = specOf(stack);
  const active = inspectModel(specOf(stack), classes).map((report, i): StackReport => ({
    ...report,
    spec: at(layers, i),
  }));
  let next = 0;
  let shape: Shape | undefined = stack.input;
  const known = new Map(before.map((report) => [report.id, report]));
  return stack.layers.map(({ spec, bypassed }) => {
    const report = bypassed ? reportOff(spec, shape) : at(active, next++);
    shape = report.resolved?.outputShape;
    const old = known.get(report.id);
    return old && JSON.stringify(old) === JSON.stringify(report) ? old : report;
  });
}

function reportOff(spec: LayerSpec, shape: Shape | undefined): StackReport {
  const id = offId(spec);
  const passed = { id, spec, outputShape: shape!, inputShape: shape!, weights: [], parameters: 0, multiplyAdds: 0 };
  return { id, spec, bypassed: true, ...(shape && { resolved: passed }) };
}

const offId = ({ kind }: LayerSpec) => `${kind} (off)`;

/**
 * Everything derived from a stack and the data that it learns from.
 * @param before see `stackReports`
 */
export function checkedStack(
  stack: Stack,
  { shape, classes }: { shape: Shape; classes: number },
  before?: readonly StackReport[],
) {
  const reports = stackReports(stack, classes, before);
  const inputProblem = inputProblemOf(stack.input, shape);
  const whole = reports.some(({ bypassed }) => !bypassed) && reports.every(isSound);
  return { reports, inputProblem, valid: !inputProblem && whole };
}

/**
 * The part of a stack that its data decide: the shape of the images, and with it the scaling. A
 * mean and a deviation for another number of channels mean nothing for these, so the default takes
 * their place.
 */
export function inputFor(input: NetworkInput['input'], scaling: InputScaling | undefined): NetworkInput {
  return { input, inputScaling: scaling && fitsChannels(scaling, input[2]) ? scaling : undefined };
}

/** Why a network cannot take the images of the data; null if it can. */
function inputProblemOf(input: Shape, shape: Shape): PlaygroundError | null {
  if (shape.every((n, i) => n === input[i])) return null;
  return new PlaygroundError(
    `the network takes images of ${input.join('×')}, but those of the data are ${shape.join('×')}.`,
    {
      where: { field: 'input' },
      remedy: 'Fit the network to the data, or choose other data.',
    },
  );
}
