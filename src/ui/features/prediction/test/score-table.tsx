import { memo } from 'react';
import { formatExact, formatPercent } from '../../../kit/format';
import classes from './test.module.css';
import { scoresOf, type ClassScore } from './scores';

/** Precision, recall and F1 of every class. */
export const ScoreTable = memo(function ScoreTable({ confusion }: { confusion: number[][] }) {
  const { classes: scores, macro } = scoresOf(confusion);
  return (
    <section aria-labelledby="scores-heading">
      <h3 id="scores-heading" className={classes.heading}>
        Precision and recall
      </h3>
      <table className={classes.scores}>
        <thead>
          <tr>
            {['Digit', 'Precision', 'Recall', 'F1', 'Images'].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scores.map((score, digit) => (
            <Row key={digit} name={String(digit)} score={score} />
          ))}
        </tbody>
        <tfoot>
          <Row name="Mean" score={macro} />
        </tfoot>
      </table>
    </section>
  );
});

function Row({ name, score: { precision, recall, f1, support } }: { name: string; score: ClassScore }) {
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
  return (
    <p className={classes.words}>
      <b>Precision</b>: of the images taken for a digit, the share that are it. <b>Recall</b>: of the images of a digit,
      the share taken for it. <b>F1</b>: their harmonic mean. <b>Mean</b>: over the digits, each counting the same
      (macro average).
    </p>
  );
}
