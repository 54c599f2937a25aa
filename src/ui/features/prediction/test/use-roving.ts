import { useState, type FocusEvent, type KeyboardEvent } from 'react';
import { at } from '../../../../at';

/**
 * Makes many buttons a single stop of the Tab key. The arrow keys move among the buttons, and Home
 * and End move to the ends of a line
 * (https://www.w3.org/WAI/ARIA/apg/practices/keyboard-interface/#kbd_roving_tabindex).
 * @returns props for the element around the buttons, and the `tabIndex` of each button in the order
 * of the page
 */
export function useRoving(count: number) {
  const [chosen, setChosen] = useState(0);
  const active = Math.min(chosen, Math.max(0, count - 1));
  const onFocus = ({ currentTarget, target }: FocusEvent<HTMLElement>) => {
    const at = buttonsIn(currentTarget).indexOf(target as HTMLButtonElement);
    if (at >= 0) setChosen(at);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const buttons = buttonsIn(event.currentTarget);
    const from = buttons.indexOf(event.target as HTMLButtonElement);
    if (from < 0) return;
    const to = moved(event.key, from, buttons.length, columnsOf(buttons));
    if (to === null) return;
    event.preventDefault();
    at(buttons, to).focus();
  };
  return { around: { onFocus, onKeyDown }, tabIndexOf: (index: number) => (index === active ? 0 : -1) };
}

const buttonsIn = (element: HTMLElement): HTMLButtonElement[] => [...element.querySelectorAll('button')];

/** The number of buttons in the first line of the present layout. */
function columnsOf(buttons: readonly HTMLButtonElement[]): number {
  const top = at(buttons, 0).getBoundingClientRect().top;
  const next = buttons.findIndex((button) => button.getBoundingClientRect().top > top + 1);
  return next < 0 ? buttons.length : next;
}

/**
 * The place that a key leads to from place `at` of a grid, stopping at the edges; null if the key
 * means nothing.
 */
export function moved(key: string, at: number, count: number, columns: number): number | null {
  const lineStart = at - (at % columns);
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, at - 1);
    case 'ArrowRight':
      return Math.min(count - 1, at + 1);
    case 'ArrowUp':
      return at - columns >= 0 ? at - columns : at;
    case 'ArrowDown':
      return at + columns < count ? at + columns : at;
    case 'Home':
      return lineStart;
    case 'End':
      return Math.min(count - 1, lineStart + columns - 1);
    default:
      return null;
  }
}
