import { at } from '../../../at';
import type { ResolvedModel } from '../../../model/resolve';

/**
 * One stop of a batch on its way through a training step. `layer` is an index into the network's
 * layers.
 */
export type Stage =
  | { kind: 'input' }
  | { kind: 'loss' }
  | { kind: 'forward'; layer: number }
  | { kind: 'backward'; layer: number }
  | { kind: 'update'; layer: number };

/**
 * All stages in the order of a training step: input, forward, loss, backward, update. A layer
 * without weights has no update.
 */
export function stagesOf({ layers }: Pick<ResolvedModel, 'layers'>): Stage[] {
  const all = layers.map((_, layer) => layer);
  return [
    { kind: 'input' },
    ...all.map((layer): Stage => ({ kind: 'forward', layer })),
    { kind: 'loss' },
    ...all.toReversed().map((layer): Stage => ({ kind: 'backward', layer })),
    ...layers.flatMap(({ weights }, layer): Stage[] => (weights.length > 0 ? [{ kind: 'update', layer }] : [])),
  ];
}

const TITLES = { forward: 'Forward', backward: 'Backward', update: 'Update' };

/** The name of a stage, such as `Backward: conv2d_1`. */
export function stageTitle(stage: Stage, { layers }: Pick<ResolvedModel, 'layers'>): string {
  if (stage.kind === 'input') return 'Input batch';
  if (stage.kind === 'loss') return 'Loss';
  return `${TITLES[stage.kind]}: ${at(layers, stage.layer).id}`;
}

/** The position of a stage in the list, or -1 if it is not there. */
export function indexOfStage(stages: readonly Stage[], wanted: Stage): number {
  const layer = 'layer' in wanted ? wanted.layer : -1;
  return stages.findIndex((stage) => stage.kind === wanted.kind && ('layer' in stage ? stage.layer : -1) === layer);
}

/** The name of what a layer reads: the layer before it, or the images. */
export const sourceOf = ({ layers }: Pick<ResolvedModel, 'layers'>, layer: number): string =>
  layer === 0 ? 'the input' : at(layers, layer - 1).id;

/**
 * The layers that read the output of a layer: the next one, and those at the end of a skip
 * connection. Empty for the last layer.
 */
export function readersOf({ layers }: Pick<ResolvedModel, 'layers'>, layer: number): string[] {
  const next = layers.slice(layer + 1, layer + 2);
  return [...next, ...layers.slice(layer + 2).filter(({ skipFrom }) => skipFrom === layer)].map(({ id }) => id);
}
