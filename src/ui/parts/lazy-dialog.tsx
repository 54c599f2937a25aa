import { lazy, useEffect, type ComponentType, type LazyExoticComponent } from 'react';
import { PlaygroundError } from '../../errors';
import { showProblem } from '../stores/show-problem';

interface DialogProps {
  /** Left out where it is on the page only while it is open. */
  opened?: boolean;
  onClose(): void;
}

/**
 * A dialog whose code is loaded when it is first wanted. Where it cannot be had, as when a newer
 * version of the page has taken the place of this one, the page says so and stays: what is thrown
 * outside of every panel would take all of it away.
 */
export function lazyDialog<P extends DialogProps>(
  load: () => Promise<ComponentType<P>>,
): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: await load().catch(() => NotLoaded) }));
}

/** In the place of a dialog that could not be loaded: says so each time that it is wanted. */
function NotLoaded({ opened = true, onClose }: DialogProps) {
  useEffect(() => {
    if (!opened) return;
    showProblem(new PlaygroundError('this part of the page could not be loaded.', { remedy: 'Load the page again.' }));
    onClose();
  }, [opened, onClose]);
  return null;
}
