import { VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import classes from './gradients.module.css';

interface CursorReadoutProps {
  /** About the place of the cursor, or how to get values where there is none. */
  text: string;
  /** See `useGridCursor`. */
  keyed: object | null;
  /** Room for three lines. */
  tall?: boolean;
  /** Left out of the picture. */
  onPageOnly?: boolean;
}

/**
 * The values under a cursor. They follow the training, but are said as they were when a key was
 * pressed: else it would never stop talking.
 */
export function CursorReadout({ text, keyed, tall, onPageOnly }: CursorReadoutProps) {
  const [said, setSaid] = useState<{ keyed: object | null; text: string }>({ keyed: null, text: '' });
  if (said.keyed !== keyed) setSaid({ keyed, text: keyed ? text : '' });
  return (
    <>
      <output className={classes.readout} data-tall={tall} data-no-export={onPageOnly} aria-live="off">
        {text}
      </output>
      <VisuallyHidden aria-live="polite">{said.text}</VisuallyHidden>
    </>
  );
}
