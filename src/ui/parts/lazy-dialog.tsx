import { lazy, useEffect, type ComponentType, type LazyExoticComponent } from 'react';
import { PlaygroundError } from '../../errors';
import { showProblem } from '../stores/show-problem';

interface DialogProps {
  /** Left out if the dialog is on the page only while it is open. */
  opened?: boolean;
  onClose: () => void;
}

/**
 * A dialog whose code is loaded when it is first opened. If the code cannot be loaded, for example
 * because a newer version of the page has replaced this one, the page says so and goes on. An error
 * thrown here, outside of every panel, would take the whole page down.
 */
export function lazyDialog<P extends DialogProps>(
  load: () => Promise<ComponentType<P>>,
): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: await load().catch(() => NotLoaded) }));
}

/** Replaces a dialog that could not be loaded: says so each time that it is opened. */
function NotLoaded({ opened = true, onClose }: DialogProps) {
  useEffect(() => {
    if (!opened) return;
    showProblem(new PlaygroundError('this part of the page could not be loaded.', { remedy: 'Load the page again.' }));
    onClose();
  }, [opened, onClose]);
  return null;
}
