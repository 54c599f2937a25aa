import type { KeyboardEvent } from 'react';
import { duplicateLayer, moveLayer, removeLayer, rowOf, toggleBypass } from './commands';

/** The builder's keyboard shortcuts, for the help. */
export const STACK_KEYS: readonly (readonly [keys: string, what: string])[] = [
  ['Tab', 'Go from layer to layer'],
  ['Enter', 'Open or close its parameters'],
  ['Alt + ↑ ↓', 'Move the layer'],
  ['Ctrl + D', 'Duplicate the layer'],
  ['B', 'Switch the layer off or on'],
  ['Delete', 'Remove the layer'],
  ['Space', 'Carry the layer with the arrow keys'],
  ['↑ ↓ in a number', 'Step; with Shift ten times as far'],
  ['Enter in a field', 'Take what was typed'],
  ['Escape in a field', 'Bring back what was there'],
  ['Ctrl + Z', 'Undo'],
  ['Ctrl + Shift + Z', 'Redo'],
];

const TEXT = 'input, textarea, select, [contenteditable="true"]';

/** Handles keys that act on the focused layer. */
export function onStackKey(event: KeyboardEvent<HTMLElement>): void {
  const target = event.target as Element;
  const uid = rowOf(target);
  if (!uid || event.defaultPrevented || target.matches(TEXT)) return;
  if (act(event, uid)) event.preventDefault();
}

/** Returns whether the key is one of the shortcuts. */
function act({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent, uid: string): boolean {
  const command = ctrlKey || metaKey;
  if (altKey && !command && (key === 'ArrowUp' || key === 'ArrowDown')) moveLayer(uid, key === 'ArrowUp' ? -1 : 1);
  else if (command && !altKey && !shiftKey && key.toLowerCase() === 'd') duplicateLayer(uid);
  else if (altKey || command) return false;
  else if (key === 'Delete' || key === 'Backspace') removeLayer(uid);
  else if (key.toLowerCase() === 'b') toggleBypass(uid);
  else return false;
  return true;
}
