import { useEffect } from 'react';
import { redo, removeLayer, undo } from '../builder/commands';
import type { Playground } from '../playground-client';
import { useModelStore } from '../stores/model-store';
import { useRunStore } from '../stores/run-store';
import { usePlayground } from '../use-playground';

const TEXT = 'input, textarea, select, [contenteditable="true"]';
const CONTROLS = 'button, a, [role="slider"], [role="tab"], [role="option"]';

/**
 * Keys that work anywhere on the page: space, Delete, Esc, Ctrl+Z, Ctrl+Shift+Z. Text fields keep their keys, and so does a
 * control that was reached by keyboard; one that was only clicked does not swallow the space bar.
 */
export function useShortcuts(): void {
  const playground = usePlayground();
  useEffect(() => {
    // `:focus-visible` does not tell the two apart here: a key makes it match before any listener hears of the key.
    let clicked: Element | null = null;
    const notice = ({ target }: Event) => (clicked = target instanceof Element ? target.closest(CONTROLS) : null);
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Tab') clicked = null;
      const target = event.target instanceof Element ? event.target : document.body;
      if (event.defaultPrevented || target.matches(TEXT) || target.closest('[role="dialog"]')) return;
      const inControl = target.matches(CONTROLS) && target !== clicked;
      if (act(event, playground, inControl)) event.preventDefault();
    };
    window.addEventListener('pointerdown', notice, { capture: true });
    window.addEventListener('keydown', listen);
    return () => {
      window.removeEventListener('pointerdown', notice, { capture: true });
      window.removeEventListener('keydown', listen);
    };
  }, [playground]);
}

/** Returns whether the key meant something. */
function act(event: KeyboardEvent, playground: Playground, inControl: boolean): boolean {
  const model = useModelStore.getState();
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z') {
    (event.shiftKey ? redo : undo)();
    return true;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case ' ':
      if (inControl || event.repeat) return false;
      togglePlay(playground);
      return true;
    case 'Delete':
    case 'Backspace':
      if (!model.selected) return false;
      removeLayer(model.selected);
      return true;
    case 'Escape':
      if (!model.selected) return false;
      model.select(null);
      return true;
    default:
      return false;
  }
}

/** Plays, or pauses what plays or is about to. */
export function togglePlay(playground: Playground): void {
  const { state, waiting, pausing } = useRunStore.getState();
  if (pausing) return;
  if (state === 'running' || waiting) void playground.pause();
  else playground.play();
}
