import { at } from '../../../at';
import type { BatchTrace, BatchUpdate } from '../../../train/wire/protocol';
import type { Stage } from './stages';

/**
 * The one number shown for a stage: an L2 norm of what flows there, or the loss. Null if it is not
 * known yet.
 */
export function normOfStage(stage: Stage, trace: BatchTrace, update: BatchUpdate | null): number | null {
  switch (stage.kind) {
    case 'input':
      return trace.inputStats.norm;
    case 'forward':
      return at(trace.layers, stage.layer).stats.output.norm;
    case 'loss':
      return trace.loss;
    case 'backward':
      return at(trace.layers, stage.layer).stats.outputGradient.norm;
    case 'update': {
      if (!update) return null;
      const { layer } = at(trace.layers, stage.layer);
      return Math.hypot(...update.tensors.filter((tensor) => tensor.layer === layer).map(({ norms }) => norms.change));
    }
    default:
      return stage satisfies never;
  }
}
