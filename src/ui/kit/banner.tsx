import type { ReactNode } from 'react';
import classes from './banner.module.css';

interface BannerProps {
  tone: 'danger' | 'warning' | 'info';
  /** Screen readers read out an `alert` at once, and a `status` when there is a pause. */
  role: 'alert' | 'status';
  icon: ReactNode;
  children: ReactNode;
  action?: ReactNode;
}

/** A message that lies over the page until the user deals with it. */
export function Banner({ tone, role, icon, children, action }: BannerProps) {
  return (
    <div className={classes.banner} data-tone={tone} role={role}>
      <span className={classes.icon}>{icon}</span>
      <span className={classes.text}>{children}</span>
      {action}
    </div>
  );
}
