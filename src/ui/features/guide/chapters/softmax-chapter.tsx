import { at } from '../../../../at';
import { formatNumber, formatPercent } from '../../../kit/words/format';
import { SourceLink } from '../../../kit/source-link';
import { SayWhichClass } from '../../../parts/classes/say-which-class';
import { useDatasetFacts } from '../../../stores/dataset-facts';
import { Chapter, Missing, ShowMe } from '../chapter';
import { ClassRows } from '../class-rows';
import classes from '../guide.module.css';
import { LossCurve } from '../loss-curve';
import { useScores } from '../use-scores';

/** Leads from scores to probabilities, and from the probability of the right class to the loss. */
export function SoftmaxChapter() {
  const scores = useScores();
  const count = useDatasetFacts().classes;
  return (
    <Chapter
      name="softmax"
      more={
        <>
          <ShowMe view="train">Show me the loss over time</ShowMe> Read on:{' '}
          <SourceLink href="https://cs231n.github.io/linear-classify/#softmax-classifier">
            CS231n, the softmax classifier
          </SourceLink>
          .
        </>
      }
    >
      <p>
        Scores can be anything. <b>Softmax</b> makes probabilities of them: e to the power of each score, divided by the
        sum of all. The <b>loss</b> asks one thing only: how probable was the right class? It is −log p: 0 if the
        network was sure and right, and without limit if it was sure and wrong. If all {count} classes are equally
        likely it is ln {count} = {Math.log(count).toFixed(3)}: a loss that stays there says that nothing has been
        learned.
      </p>
      {!scores ? (
        <Missing>Waiting for the scores of the last layer…</Missing>
      ) : (
        <div className={classes.pictures}>
          <ClassRows
            caption="Scores and probabilities of this image"
            label={scores.label}
            columns={[
              {
                name: 'Score z',
                values: scores.logits,
                format: formatNumber,
                full: Math.max(...scores.logits.map(Math.abs), 1e-9),
              },
              { name: 'p = softmax(z)', values: scores.probabilities, format: formatPercent, full: 1 },
            ]}
          />
          {scores.loss === null ? (
            <Missing>
              <SayWhichClass where=" (chapter 1)" without="no loss" />
            </Missing>
          ) : (
            <LossCurve probability={at(scores.probabilities, scores.label)} loss={scores.loss} label={scores.label} />
          )}
        </div>
      )}
    </Chapter>
  );
}
