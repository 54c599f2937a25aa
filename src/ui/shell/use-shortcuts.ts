import { useEffect } from 'react';
import { redo, removeLayer, undo } from '../features/builder/commands';
import type { Playground } from '../client/playground-client';
import { useModelStore } from '../stores/model/model-store';
import { usePlayground } from '../client/use-playground';

const TEXT = 'input, textarea, select, [contenteditable="true"]';
/** Keys that move the focus. */
const MOVES_FOCUS = /^(Tab|Arrow|Home|End)/;
const CONTROLS = 'button, a, summary, [role="slider"], [role="tab"], [role="option"]';

/**
 * Adds the keys that work anywhere on the page: space, Delete, Esc, Ctrl+Z, Ctrl+Shift+Z or Ctrl+Y.
 * Text fields, dialogs and menus keep their keys, and so does a control that was reached by
 * keyboard. A control that was only clicked, or that got the focus back from a dialog opened by a
 * click, does not take the space bar.
 */
export function useShortcuts(): void {
  const playground = usePlayground();
  useEffect(() => {
    // `:focus-visible` cannot tell a clicked control from one reached by keyboard here, because a
    // key press makes it match before any listener is called.
    let byPointer = false;
    const notice = () => (byPointer = true);
    const listen = (event: KeyboardEvent) => {
      if (MOVES_FOCUS.test(event.key)) byPointer = false;
      const target = event.target instanceof Element ? event.target : document.body;
      if (event.defaultPrevented || target.matches(TEXT) || target.closest('[role="dialog"], [role="menu"]')) return;
      const inControl = target.matches(CONTROLS) && !byPointer;
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

/** Windows uses Ctrl+Y for Ctrl+Shift+Z. */
function actOnHistory({ key, ctrlKey, shiftKey, altKey }: KeyboardEvent): boolean {
  const letter = altKey ? '' : key.toLowerCase();
  const again = letter === 'y' && ctrlKey;
  if (letter !== 'z' && !again) return false;
  (again || shiftKey ? redo : undo)();
  return true;
}

/** Returns whether the key is one of the shortcuts. */
function act(event: KeyboardEvent, playground: Playground, inControl: boolean): boolean {
  const model = useModelStore.getState();
  if (event.ctrlKey || event.metaKey || event.altKey) return actOnHistory(event);
  switch (event.key) {
    case ' ':
      if (inControl || event.repeat) return false;
      playground.togglePlay();
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
