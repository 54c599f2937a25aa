import { Button } from '@mantine/core';
import {
  IconHistory,
  IconPencilCheck,
  IconFileImport,
  IconSchool,
  IconSeeding,
  IconTerminal2,
} from '@tabler/icons-react';
import type { WeightSource } from '../../../train/wire/protocol';
import { Suspense, type ReactNode } from 'react';
import { runIdOf, sourceOf } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { useWeightsStore } from '../../stores/weights-store';
import { Tooltip } from '../../kit/tooltip';
import { usePlayground } from '../../client/use-playground';
import classes from './document.module.css';
import { weightsWords } from './weights-words';

const ICONS = {
  pretrained: IconSchool,
  restored: IconHistory,
  file: IconFileImport,
  kept: IconPencilCheck,
  set: IconTerminal2,
} satisfies Record<WeightSource, typeof IconSchool>;

/**
 * One line under the run controls. It shows where the weights in training come from, a button for
 * fresh weights, and problems of the run.
 * @param note the problems of the run; may be loaded later
 */
export function WeightsLine({ note }: { note: ReactNode }) {
  const playground = usePlayground();
  const source = useRunStore(sourceOf);
  const runId = useRunStore(runIdOf);
  const seed = useRunStore((state) => state.settings.seed);
  const weights = useWeightsStore();
  // The words change only at a few steps, so selecting them avoids a render at every step.
  const words = useRunStore(({ step }) => (runId === 0 ? '' : weightsWords({ ...weights, source, runId, seed, step })));
  const Icon = source ? ICONS[source] : IconSeeding;
  return (
    <div className={classes.line} data-source={source ?? undefined}>
      <Icon size={16} stroke={1.7} aria-hidden className={classes.lineIcon} />
      <span className={`${classes.words} numeric`} role="status" aria-label="Weights" title={words}>
        {words}
      </span>
      {source && source !== 'set' && (
        <Tooltip label="Fresh weights, step 0: press play to see the network learn from nothing">
          <Button
            size="compact-xs"
            variant="default"
            className={classes.scratch}
            onClick={() => void playground.reset()}
          >
            Train from scratch
          </Button>
        </Tooltip>
      )}
      <Suspense>{note}</Suspense>
    </div>
  );
}
