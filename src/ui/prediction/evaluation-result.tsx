import { Button } from '@mantine/core';
import { useState } from 'react';
import { reportOf, type ErrorReport } from '../../errors';
import { formatCount, formatNumber, formatPercent } from '../format';
import { useRunStore } from '../stores/run-store';
import { usePlayground } from '../use-playground';
import { ConfusionMatrix } from './confusion-matrix';
import classes from './prediction.module.css';

/** Asks for loss, accuracy and confusion on the test images; the answer comes through the run store. */
export function EvaluateButton() {
  const playground = usePlayground();
  const ready = useRunStore((state) => state.dataset !== null && Object.keys(state.networkIds).length > 0);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorReport | null>(null);
  const evaluate = async () => {
    setBusy(true);
    setError(null);
    await playground.evaluate('test').catch((reason: unknown) => setError(reportOf(reason)));
    setBusy(false);
  };
  return (
    <>
      {error && (
        <span className={classes.evaluationError} role="alert" title={`${error.what} ${error.remedy}`}>
          {error.what}
        </span>
      )}
      <Button size="compact-sm" variant="light" loading={busy} disabled={!ready} onClick={() => void evaluate()}>
        Evaluate on test set
      </Button>
    </>
  );
}

/** The last evaluation on the test images; nothing before the first. */
export function EvaluationResult() {
  const point = useRunStore((state) => state.lastEvaluation.test);
  const step = useRunStore((state) => state.step);
  if (!point) return null;
  const { loss, accuracy, confusion } = point.result;
  const age = step === point.step ? 'with the weights as they are' : `with the weights of step ${point.step.toLocaleString('en-US')}`;
  const part = point.whole ? 'Test set' : `${formatCount(point.images)} images of the test set`;
  return (
    <section className={classes.evaluation} aria-label="Result on the test set" role="status">
      <p className={classes.evaluationWords}>
        {part}: <b>{formatPercent(accuracy)}</b> right, loss <b>{formatNumber(loss)}</b>, {age}
      </p>
      <ConfusionMatrix confusion={confusion} />
    </section>
  );
}
