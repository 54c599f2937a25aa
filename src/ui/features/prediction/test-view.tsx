import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Split } from '../../../data/dataset';
import type { ErrorReport } from '../../../errors';
import { formatExact, formatNumber, formatPercent } from '../../kit/words/format';
import { Panel } from '../../kit/panel';
import { isRunning } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';
import { explained } from '../../kit/explained';
import { SPLITS } from '../../parts/images/splits';
import { ConfusionGrid } from './test/confusion-grid';
import { EvaluateButton } from './test/evaluate-button';
import { Gallery } from './test/gallery';
import { isRight } from './test/gallery-rows';
import { ScoreTable, ScoreWords } from './test/score-table';
import { confusionOf } from './test/scores';
import { useTestStore, type Found } from './test/test-store';
import classes from './test/test.module.css';
import { useClassification } from './test/use-classification';

/** Why a split could not be evaluated, and which evaluation was known at that time. */
interface Refusal {
  error: ErrorReport;
  split: Split;
  found: Found | null;
}

/**
 * Shows what the network gets right and wrong on a split: figures, confusion matrix, and the images
 * themselves.
 */
export function TestView() {
  const split = useTestStore((state) => state.split);
  const { found, error } = useClassification(split);
  const [refused, setRefused] = useState<Refusal | null>(null);
  // A refusal is out of date if it is about other images, or if they have been evaluated since.
  const failed = refused && refused.split === split && refused.found === found ? refused.error : error;
  return (
    <div className={classes.test}>
      <Panel
        title="Test"
        actions={
          <EvaluateButton
            split={split}
            label="Evaluate"
            onFail={(reason) => setRefused(reason && { error: reason, split, found })}
          />
        }
      >
        <div className={classes.head}>
          <SplitChoice />
          <Summary found={found} />
        </div>
        {failed && (
          <p className={classes.failed} role="alert">
            The {split} images could not be evaluated: {failed.what} {failed.remedy}
          </p>
        )}
        {found ? <Results found={found} /> : <Empty split={split} />}
      </Panel>
    </div>
  );
}

function SplitChoice() {
  const split = useTestStore((state) => state.split);
  const chooseSplit = useTestStore((state) => state.chooseSplit);
  const dataset = useRunStore((state) => state.dataset);
  return (
    <SegmentedControl
      size="xs"
      aria-label="Images to evaluate on"
      data={explained(SPLITS.map((each) => ({ ...each, disabled: dataset?.counts[each.value] === 0 })))}
      value={split}
      onChange={(value) => chooseSplit(value as Split)}
    />
  );
}

/** Accuracy and loss, with the images and the weights they belong to. */
function Summary({ found }: { found: Found | null }) {
  const stale = useRunStore((state) => found !== null && state.step !== found.step);
  const total = useRunStore((state) => (found ? (state.dataset?.counts[found.split] ?? 0) : 0));
  const [accuracy, loss] = useMemo(() => (found ? figuresOf(found) : [NaN, NaN]), [found]);
  if (!found) return <p className={classes.summary}>&nbsp;</p>;
  const count = found.labels.length;
  const of =
    count < total
      ? `the first ${formatExact(count)} of ${formatExact(total)} ${found.split} images`
      : `${formatExact(count)} ${found.split} images`;
  return (
    <p className={classes.summary} role="status" aria-label="Result">
      <b>{formatPercent(accuracy)}</b> right, loss <b>{formatNumber(loss)}</b> nats: {of}, weights of step{' '}
      <b>{formatExact(found.step)}</b>.{' '}
      <span className={stale ? classes.stale : undefined}>
        {stale ? 'Stale: the weights have changed since.' : 'Up to date.'}
      </span>
    </p>
  );
}

function figuresOf(found: Found): [accuracy: number, loss: number] {
  const count = found.labels.length;
  let hits = 0;
  for (let row = 0; row < count; row++) if (isRight(found, row)) hits++;
  return [hits / count, found.loss.reduce((sum, value) => sum + value, 0) / count];
}

function Results({ found }: { found: Found }) {
  const confusion = useMemo(() => confusionOf(found.labels, found.predicted, found.classes), [found]);
  return (
    <div className={classes.results}>
      <div className={classes.tables}>
        <ConfusionGrid confusion={confusion} />
        <ScoreTable confusion={confusion} />
        <ScoreWords />
      </div>
      <Gallery found={found} />
    </div>
  );
}

function Empty({ split }: { split: Split }) {
  const busy = useRunStore((state) => state.evaluating !== null);
  const training = useRunStore(isRunning);
  const count = useRunStore((state) => state.dataset?.counts[split]);
  const words =
    count === undefined
      ? 'Waiting for the images…'
      : count === 0
        ? `There are no ${split} images. Choose others above.`
        : busy || !training
          ? `Looking at the ${split} images…`
          : 'Nothing evaluated yet in this run. Press Evaluate, or pause: it then happens by itself.';
  return <p className={classes.empty}>{words}</p>;
}
