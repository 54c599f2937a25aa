import type { ReactNode } from 'react';
import classes from './inspector.module.css';

/** One titled column of a pair. */
export function Half({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <div className={classes.half}>
      <h3 className={classes.heading}>
        {title} {note && <span className={classes.note}>{note}</span>}
      </h3>
      {children}
    </div>
  );
}
