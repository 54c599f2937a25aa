import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { reportOf, type ErrorReport } from '../../errors';
import { formatCount, formatNumber, formatPercent } from '../format';
import { useRunStore } from '../stores/run-store';
import { useViewStore } from '../stores/view-store';
import { usePlayground } from '../use-playground';
import classes from './prediction.module.css';
import { classify, useTestStore } from './test/test-store';

/** Asks what the network says about each test image; loss and accuracy come through the run store. */
export function EvaluateButton() {
  const playground = usePlayground();
  const ready = useRunStore((state) => state.dataset !== null && Object.keys(state.networkIds).length > 0);
  const busy = useTestStore((state) => state.busy);
  const [error, setError] = useState<ErrorReport | null>(null);
  const evaluate = () => {
    setError(null);
    classify(playground, 'test').catch((reason: unknown) => setError(reportOf(reason)));
  };
  return (
    <>
      {error && (
        <span className={classes.evaluationError} role="alert" title={`${error.what} ${error.remedy}`}>
          {error.what}
        </span>
      )}
      <Button size="compact-sm" variant="light" loading={busy} disabled={!ready} onClick={evaluate}>
        Evaluate on test set
      </Button>
    </>
  );
}

/** The last evaluation on the test images, and the way to the images themselves; nothing before the first. */
export function EvaluationResult() {
  const point = useRunStore((state) => state.lastEvaluation.test);
  const current = useRunStore((state) => state.step === point?.step);
  if (!point) return null;
  const { loss, accuracy } = point.result;
  const age = current ? 'with the weights as they are' : `with the weights of step ${point.step.toLocaleString('en-US')}`;
  const part = point.whole ? 'Test set' : `${formatCount(point.images)} images of the test set`;
  const open = () => {
    useTestStore.getState().chooseSplit('test');
    useViewStore.getState().show('test');
  };
  return (
    <section className={classes.evaluation} aria-label="Result on the test set">
      <p className={classes.evaluationWords} role="status">
        {part}: <b>{formatPercent(accuracy)}</b> right, loss <b>{formatNumber(loss)}</b>, {age}
      </p>
      <Button size="compact-sm" variant="default" rightSection={<IconArrowRight size={14} aria-hidden />} onClick={open}>
        Open in Test view
      </Button>
    </section>
  );
}
