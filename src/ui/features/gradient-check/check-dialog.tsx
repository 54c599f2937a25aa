import { Alert, Button, Progress } from '@mantine/core';
import { AGREES, WRONG } from '../../../train/wire/gradient-faults';
import { formatNumber } from '../../kit/words/format';
import { inSentences } from '../../kit/words/sentence';
import { Dialog } from '../../kit/dialog';
import { SourceLink } from '../../kit/source-link';
import { useGradientCheckStore } from '../../stores/gradient-check-store';
import { useModelStore } from '../../stores/model/model-store';
import { runIdOf } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { Tooltip } from '../../kit/tooltip';
import { CheckTable, SIGNS } from './check-table';
import classes from './gradient-check.module.css';
import { summarize } from './verdict';

interface CheckDialogProps {
  opened: boolean;
  onClose: () => void;
  onCheck: () => void;
}

/** The dialog of the gradient check: its progress, its results, and what they mean. */
export function CheckDialog({ opened, onClose, onCheck }: CheckDialogProps) {
  const fraction = useGradientCheckStore((state) => state.fraction);
  const error = useGradientCheckStore((state) => state.error);
  const results = useGradientCheckStore((state) => state.results);
  return (
    <Dialog opened={opened} onClose={onClose} title="Gradient check" size={720}>
      <div className={classes.dialog}>
        <p className={classes.about}>
          Compares the gradients that training uses, on a few training images, with central differences of the loss
          computed in float64. Training may go on meanwhile.
        </p>
        <State fraction={fraction} onCheck={onCheck} />
        {error && (
          <Alert color="red" title="The check could not be done" role="alert">
            {inSentences(error)}
          </Alert>
        )}
        {results && fraction === null && !error && <Found onClose={onClose} />}
      </div>
    </Dialog>
  );
}

/** This part keeps its height, so nothing jumps when the check begins or ends. */
function State({ fraction, onCheck }: { fraction: number | null; onCheck: () => void }) {
  const seconds = useGradientCheckStore((state) => state.seconds);
  const results = useGradientCheckStore((state) => state.results);
  const stale = useGradientCheckStore((state) => state.runId) !== useRunStore(runIdOf);
  if (fraction !== null) {
    // Not a status region: screen readers would read out ten figures a second. They can ask the
    // progress bar instead.
    return (
      <div className={classes.state}>
        <Progress className={classes.progress} value={100 * fraction} aria-label="Gradient check" animated />
        <span className="numeric">{Math.round(100 * fraction)} %</span>
      </div>
    );
  }
  return (
    <div className={classes.state}>
      <span className="numeric">
        {results && `Took ${formatNumber(seconds)} s. `}
        {results && stale && 'A new run has begun since.'}
      </span>
      <Tooltip label="Repeats the check with the weights as they are now">
        <Button size="xs" variant="default" onClick={onCheck}>
          Check again
        </Button>
      </Tooltip>
    </div>
  );
}

function Found({ onClose }: { onClose: () => void }) {
  const results = useGradientCheckStore((state) => state.results)!;
  const { verdict, headline, details } = summarize(results);
  const select = (layer: string) => {
    const uid = useGradientCheckStore.getState().uids[layer];
    const model = useModelStore.getState();
    if (uid === undefined || !model.layers.some((one) => one.uid === uid)) return;
    model.select(uid);
    onClose();
  };
  return (
    <>
      <div className={classes.verdict} data-verdict={verdict} role="status">
        <strong>
          <span aria-hidden>{SIGNS[verdict].sign}</span> {headline}
        </strong>
        {details.map((detail) => (
          <span key={detail}>{detail}</span>
        ))}
      </div>
      <CheckTable results={results} onSelect={select} />
      <Legend />
    </>
  );
}

function Legend() {
  return (
    <p className={classes.about}>
      Largest relative error |a − n| / max(|a|, |n|) of the entries compared in each gradient; gradients below a
      hundredth of the largest in their tensor are measured against that. ✓ below {AGREES}: agrees up to float32
      rounding. ? up to {WRONG}: look again. ✗ above: wrong. Where a relu or a maximum switches within the step of the
      difference, there is no derivative to compare with: such an entry is on a kink and left out. More on gradient
      checks in <SourceLink href="https://cs231n.github.io/neural-networks-3/#gradcheck">CS231n</SourceLink>.
    </p>
  );
}
