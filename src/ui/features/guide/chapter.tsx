import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { at } from '../../../at';
import { useModelStore } from '../../stores/model/model-store';
import { useViewStore, VIEW_LABELS, type ViewName } from '../../stores/view-store';
import { Tooltip } from '../../kit/tooltip';
import { CHAPTERS, headingId, type ChapterName } from './chapters';
import classes from './guide.module.css';

/**
 * One chapter: its heading, words and live pictures, and the way to where the same is seen at work.
 */
export function Chapter({ name, children, more }: { name: ChapterName; children: ReactNode; more?: ReactNode }) {
  const index = CHAPTERS.findIndex((chapter) => chapter.name === name);
  return (
    <section className={classes.chapter} aria-labelledby={headingId(name)}>
      <h3 id={headingId(name)} className={classes.heading} tabIndex={-1}>
        <span className={classes.number}>{index + 1}</span> {at(CHAPTERS, index).title}
      </h3>
      {children}
      {more && <p className={classes.more}>{more}</p>}
    </section>
  );
}

/** Opens another view, with a layer selected where the button is about one. */
export function ShowMe({ view, uid, children }: { view: ViewName; uid?: string; children: ReactNode }) {
  const show = () => {
    if (uid) useModelStore.getState().select(uid);
    useViewStore.getState().show(view);
  };
  return (
    <Tooltip label={`Opens the ${VIEW_LABELS[view]} view${uid ? ', with the layer in the inspector' : ''}`}>
      <Button size="compact-sm" variant="light" rightSection={<IconArrowRight size={14} aria-hidden />} onClick={show}>
        {children}
      </Button>
    </Tooltip>
  );
}

/** In the place of pictures that this network, or this moment, does not have. */
export function Missing({ children }: { children: ReactNode }) {
  return <p className={classes.missing}>{children}</p>;
}
