import type { ReactNode } from 'react';
import type { Formula } from '../../../model/layer-kind';
import { SourceLink } from '../../kit/source-link';
import classes from './step.module.css';

/** The formula of a layer in one direction, with the meaning of its letters and its source. */
export function FormulaBox({
  formula,
  pass,
  note,
}: {
  formula: Formula;
  pass: 'forward' | 'backward';
  note: ReactNode;
}) {
  const { where, source } = formula;
  return (
    <div className={classes.formula}>
      <div className={classes.equations} role="math" aria-label={formula[pass].join('; ')}>
        {formula[pass].map((line) => (
          <div key={line}>{line}</div>
        ))}
      </div>
      <div className={classes.formulaNote}>
        {note} {where}{' '}
        <SourceLink href={source.url} help={source.title}>
          Source
        </SourceLink>
      </div>
    </div>
  );
}
