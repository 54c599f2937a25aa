import { memo, type ReactNode } from 'react';
import { formatExact, formatPercent } from '../../../kit/words/format';
import { SUBJECTS } from '../../../../data/subjects';
import { ClassName } from '../../../parts/classes/class-name';
import { useDatasetFacts } from '../../../stores/dataset-facts';
import classes from './test.module.css';
import { scoresOf, type ClassScore } from './scores';

/** Precision, recall and F1 of every class. */
export const ScoreTable = memo(function ScoreTable({ confusion }: { confusion: number[][] }) {
  const { classes: scores, macro } = scoresOf(confusion);
  const noun = SUBJECTS[useDatasetFacts().shows].class;
  return (
    <section aria-labelledby="scores-heading">
      <h3 id="scores-heading" className={classes.heading}>
        Precision and recall
      </h3>
      <table className={classes.scores}>
        <thead>
          <tr>
            {[capitalised(noun), 'Precision', 'Recall', 'F1', 'Images'].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scores.map((score, index) => (
            <Row key={index} name={<ClassName index={index} />} score={score} />
          ))}
        </tbody>
        <tfoot>
          <Row name="Mean" score={macro} />
        </tfoot>
      </table>
    </section>
  );
});

function Row({ name, score: { precision, recall, f1, support } }: { name: ReactNode; score: ClassScore }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{shareOr(precision, 'never predicted')}</td>
      <td>{shareOr(recall, 'no images')}</td>
      <td>{shareOr(f1, 'neither')}</td>
      <td>{formatExact(support)}</td>
    </tr>
  );
}

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** A share in percent, or a dash with the reason if there is nothing to take a share of. */
function shareOr(share: number, reason: string) {
  if (!Number.isNaN(share)) return formatPercent(share);
  return (
    <span title={reason}>
      <span aria-hidden>–</span>
      <span className="visually-hidden">{reason}</span>
    </span>
  );
}

/** Explains the columns of {@link ScoreTable}. */
export function ScoreWords() {
  const words = SUBJECTS[useDatasetFacts().shows];
  return (
    <p className={classes.words}>
      <b>Precision</b>: of the images taken for a {words.class}, the share that are it. <b>Recall</b>: of the images of
      a {words.class}, the share taken for it. <b>F1</b>: their harmonic mean. <b>Mean</b>: over the {words.classes},
      each counting the same (macro average).
    </p>
  );
}
