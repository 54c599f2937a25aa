import { Button } from '@mantine/core';
import type { Split } from '../../../../data/dataset';
import { reportOf, type ErrorReport } from '../../../../errors';
import { hasNetwork } from '../../../stores/run-machine/selectors';
import { useRunStore } from '../../../stores/run-store';
import { Tooltip } from '../../../kit/tooltip';
import { usePlayground } from '../../../client/use-playground';
import classes from './test.module.css';
import { classify } from './test-store';

export interface EvaluateButtonProps {
  split: Split;
  label: string;
  /** Called with the reason if the evaluation fails, and with null when it begins. */
  onFail: (error: ErrorReport | null) => void;
}

/**
 * Asks for the network's answer to each image of a split. Meanwhile the button shows the progress.
 */
export function EvaluateButton({ split, label, onFail }: EvaluateButtonProps) {
  const playground = usePlayground();
  const evaluating = useRunStore((state) => (state.evaluating === null ? null : Math.round(100 * state.evaluating)));
  const ready = useRunStore((state) => (state.dataset?.counts[split] ?? 0) > 0 && hasNetwork(state));
  const evaluate = () => {
    onFail(null);
    classify(playground, split).catch((reason: unknown) => onFail(reportOf(reason)));
  };
  const busy = evaluating !== null;
  return (
    <Tooltip label={helpOf(split, ready, busy)}>
      <Button
        size="compact-sm"
        variant="light"
        className={classes.evaluate}
        style={busy ? { backgroundSize: `${evaluating}% 100%` } : undefined}
        data-busy={busy || undefined}
        data-disabled={!ready || busy || undefined}
        aria-disabled={!ready || busy}
        onClick={(event) => (ready && !busy ? evaluate() : event.preventDefault())}
      >
        {busy ? `Evaluating ${evaluating} %` : label}
      </Button>
    </Tooltip>
  );
}

function helpOf(split: Split, ready: boolean, busy: boolean): string {
  if (busy) return 'The network is looking at the images';
  if (!ready) return `Needs a network and ${split} images`;
  return (
    `Lets the network classify the ${split} images with the weights as they are: ` +
    'accuracy and loss. Nothing is learned from them'
  );
}
