import { useEffect, useState } from 'react';
import type { FileActions } from './file-actions';

/**
 * Ctrl+S saves and Ctrl+O opens, anywhere on the page. A link that is put into the address bar is
 * opened.
 */
export function useFileKeys({ save, openAddress }: FileActions, chooseFile: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      const act = { s: () => void save(), o: chooseFile }[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      if (!event.repeat) act();
    };
    const follow = () => void openAddress();
    window.addEventListener('keydown', listen);
    window.addEventListener('hashchange', follow);
    return () => {
      window.removeEventListener('keydown', listen);
      window.removeEventListener('hashchange', follow);
    };
  }, [save, openAddress, chooseFile]);
}

/**
 * Opens a file that is dropped anywhere on the page. Returns whether one is being dragged over it.
 */
export function useFileDrop({ open }: FileActions): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const holdsFile = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;
    const drag = (event: DragEvent) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      setOver(true);
    };
    // The pointer only moves from one element of the page to another.
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      void open(file);
    };
    const listeners = { dragenter: drag, dragover: drag, dragleave: leave, drop } as const;
    const each = Object.entries(listeners) as [keyof typeof listeners, (event: DragEvent) => void][];
    for (const [name, listener] of each) window.addEventListener(name, listener);
    return () => each.forEach(([name, listener]) => window.removeEventListener(name, listener));
  }, [open]);
  return over;
}
