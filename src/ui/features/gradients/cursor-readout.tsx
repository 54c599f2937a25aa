import { VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import classes from './gradients.module.css';

interface CursorReadoutProps {
  /** Describes the place of the cursor, or says how to get values if there is no cursor. */
  text: string;
  /** See `useGridCursor`. */
  keyed: object | null;
  /** Leaves room for three lines. */
  tall?: boolean;
  /** Leaves the text out of the exported picture. */
  onPageOnly?: boolean;
}

/**
 * The values under a cursor. On the screen they follow the training. Screen readers hear them as
 * they were when a key was pressed: otherwise they would never stop talking.
 */
export function CursorReadout({ text, keyed, tall, onPageOnly }: CursorReadoutProps) {
  const [announced, setAnnounced] = useState<{ keyed: object | null; text: string }>({ keyed: null, text: '' });
  if (announced.keyed !== keyed) setAnnounced({ keyed, text: keyed ? text : '' });
  return (
    <>
      <output className={classes.readout} data-tall={tall} data-no-export={onPageOnly} aria-live="off">
        {text}
      </output>
      <VisuallyHidden aria-live="polite">{announced.text}</VisuallyHidden>
    </>
  );
}
