import { useEffect, useState } from 'react';
import type { FileActions } from './file-actions';

/**
 * Saves on Ctrl+S and opens a file on Ctrl+O, anywhere on the page. Also opens a link that is put
 * into the address bar.
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
 * Opens a file that is dropped anywhere on the page. Returns whether a file is being dragged over
 * the page.
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
    // Without a related target the pointer has left the page; otherwise it only moved between
    // elements of the page.
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
