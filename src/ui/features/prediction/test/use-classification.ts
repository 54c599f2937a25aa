import { useCallback } from 'react';
import type { Split } from '../../../../data/dataset';
import type { ErrorReport } from '../../../../errors';
import { LONGEST_UNASKED_MS, REFRESH_MS } from '../../../../pace';
import { useLive } from '../../../client/use-live';
import { hasNetwork, isRunning } from '../../../stores/run-machine/selectors';
import { useRunStore, type RunStore } from '../../../stores/run-store';
import { usePlayground } from '../../../client/use-playground';
import { isEvaluationDue } from './evaluation-due';
import { classify, MOST_IMAGES, useFound, type Found } from './test-store';

/**
 * The network's answers for a split. The split is evaluated automatically in three cases: when
 * there is no answer yet and training is at rest, when training is at rest with other weights than
 * before, and at the end of some epochs if that costs little enough.
 */
export function useClassification(split: Split): { found: Found | null; error: ErrorReport | null } {
  const playground = usePlayground();
  const found = useFound(split);
  const wanted = useRunStore((state) => isWanted(state, split, found));
  const ask = useCallback(() => classify(playground, split), [playground, split]);
  const { error } = useLive(wanted ? ask : null, REFRESH_MS.gallery);
  // When the question is no longer asked, its error is out of date: the answer came in another way,
  // or is not needed now.
  return { found, error: wanted ? error : null };
}

/** Whether it is time to evaluate automatically. */
function isWanted(run: RunStore, split: Split, found: Found | null): boolean {
  const count = run.dataset?.counts[split] ?? 0;
  if (count === 0 || !hasNetwork(run)) return false;
  if (isRunning(run)) {
    const { epoch, settings, machine } = run;
    const images = Math.min(count, MOST_IMAGES);
    return isEvaluationDue({
      epoch,
      stepsPerEpoch: machine.run.stepsPerEpoch,
      batchSize: settings.batchSize,
      evaluatedStep: found?.step ?? 0,
      images,
    });
  }
  return found === null || (found.step !== run.step && found.took < LONGEST_UNASKED_MS);
}
