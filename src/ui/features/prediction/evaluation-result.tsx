import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { ErrorReport } from '../../../errors';
import { formatCount, formatExact, formatNumber, formatPercent } from '../../kit/words/format';
import { useRunStore } from '../../stores/run-store';
import { useViewStore } from '../../stores/view-store';
import { Tooltip } from '../../kit/tooltip';
import classes from './prediction.module.css';
import { EvaluateButton } from './test/evaluate-button';
import { useTestStore } from './test/test-store';

/**
 * A button that evaluates on the test images; loss and accuracy arrive in the run store. A failure
 * is shown beside the button.
 */
export function EvaluateTestSet() {
  const [error, setError] = useState<ErrorReport | null>(null);
  return (
    <>
      {error && (
        <Tooltip label={`${error.what} ${error.remedy}`}>
          <span className={classes.evaluationError} role="alert" tabIndex={0}>
            {error.what}
          </span>
        </Tooltip>
      )}
      <EvaluateButton split="test" label="Evaluate on test set" onFail={setError} />
    </>
  );
}

/**
 * The last evaluation on the test images, with a link to the images themselves. Renders nothing
 * before the first.
 */
export function EvaluationResult() {
  const point = useRunStore((state) => state.lastEvaluation.test);
  const current = useRunStore((state) => state.step === point?.step);
  if (!point) return null;
  const { loss, accuracy } = point.result;
  const age = current ? 'with the weights as they are' : `with the weights of step ${formatExact(point.step)}`;
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
      <Tooltip label="Confusion matrix, precision and recall, and every image">
        <Button
          size="compact-sm"
          variant="default"
          rightSection={<IconArrowRight size={14} aria-hidden />}
          onClick={open}
        >
          Open in Test view
        </Button>
      </Tooltip>
    </section>
  );
}
