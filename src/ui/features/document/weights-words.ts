import type { WeightSource } from '../../../train/wire/protocol';
import { formatExact } from '../../kit/words/format';
import type { WeightsStore } from '../../stores/weights-store';
import { PRETRAINED_ON } from './pretrained';

/** The number of names that the line has room for. */
const MOST_NAMES = 4;

interface Present extends Omit<WeightsStore, 'replay'> {
  source: WeightSource | null;
  runId: number;
  seed: number;
  step: number;
}

/** Says in a few words where the weights in training come from. */
export function weightsWords({
  source,
  step,
  seed,
  pretrainedAccuracy,
  restoredStep,
  reachedStep,
  file,
  edit,
  runId,
}: Present): string {
  const edited = edit?.runId === runId ? edit : null;
  switch (source) {
    case 'pretrained':
      if (step > 0) return 'Training continues from the pre-trained weights';
      return `Pre-trained on ${PRETRAINED_ON}: ${percent(pretrainedAccuracy)} on the test images`;
    case 'restored':
      if (step >= reachedStep) return `Restored: step ${formatExact(Math.max(restoredStep, reachedStep))}`;
      return `Restored: step ${formatExact(restoredStep)}, and again to ${formatExact(reachedStep)}`;
    case 'file':
      return `Weights from ${file}`;
    case 'set':
      return 'Weights set by a script';
    case 'kept':
      return edited ? keptWords(edited) : 'Weights kept where shapes did not change';
    case null:
      return edited ? 'No layer kept its weights: all have other shapes' : `Fresh weights, seed ${seed}`;
    default:
      return source satisfies never;
  }
}

function keptWords({ kept, fresh }: { kept: string[]; fresh: string[] }): string {
  if (fresh.length === 0) return 'All layers kept their weights';
  return `Weights kept: ${names(kept)} · fresh: ${names(fresh)}`;
}

const names = (ids: readonly string[]) =>
  ids.length > MOST_NAMES
    ? `${ids.slice(0, MOST_NAMES - 1).join(', ')} and ${ids.length - MOST_NAMES + 1} more`
    : ids.join(', ');

const percent = (share: number | null) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);
