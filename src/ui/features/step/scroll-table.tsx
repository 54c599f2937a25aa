import type { ReactNode } from 'react';
import classes from './step.module.css';

/**
 * A frame for a table that may be wider than the page. The arrow keys scroll it while it has the
 * focus.
 */
export function ScrollTable({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.tableScroll} role="group" aria-label={name} tabIndex={0} data-scrolls>
      {children}
    </div>
  );
}
