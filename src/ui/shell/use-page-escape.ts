import { useEffect } from 'react';

/**
 * Lets the Esc that takes a tooltip away go on to the page. The tooltip's library stops it: a selected layer stayed selected for as long
 * as any tooltip was open, and a layer carried with the keyboard stayed carried while that of its handle was. Dialogs, menus and lists
 * keep their key.
 */
export function usePageEscape(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !document.querySelector('[role="tooltip"]')) return;
      if (event.target instanceof Element && event.target.closest('[role="dialog"], [role="menu"], [role="listbox"]')) return;
      event.stopPropagation = () => {};
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, []);
}
