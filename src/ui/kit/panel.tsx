import { Skeleton } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import classes from './panel.module.css';

interface PanelProps {
  /** Heading and accessible name of the region. */
  title: string;
  /** A few quiet words beside the title. */
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A titled region of the page whose content scrolls by itself. */
export function Panel({ title, note, actions, children }: PanelProps) {
  const id = useId();
  return (
    <section className={classes.panel} aria-labelledby={id} data-panel={title}>
      <header className={classes.head}>
        <h2 className={classes.title} id={id}>
          {title}
        </h2>
        {note && <span className={`${classes.note} numeric`}>{note}</span>}
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      <div className={classes.body}>{children}</div>
    </section>
  );
}

/** Keeps the place of a panel while its code is loading. */
export function PanelFallback({ height }: { height: number }) {
  return <Skeleton height={height} radius={12} aria-hidden />;
}
