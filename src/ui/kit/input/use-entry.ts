import { useEffect, useRef, useState, type RefObject } from 'react';
import { bringIntoSight } from '../into-sight';

interface EntryOptions<T> {
  value: T;
  /** The value as text. Two values with the same text count as equal. */
  show: (value: T) => string;
  /** The value of a text, or a sentence that says what is expected instead. */
  read: (text: string) => T | string;
  onChange: (value: T) => void;
}

interface Draft {
  text: string;
  /** The text of the value that was there when the user began to type. */
  over: string;
  /** Why the draft was not accepted, once the user tried. */
  problem?: string;
}

/**
 * A text field that accepts a value when it is complete: on Enter, when the field loses the focus,
 * and when it is removed. Half-typed values are not passed on, and typing the same value again
 * changes nothing. Escape restores the value. A text that cannot be read stays in the field, with
 * the reason.
 */
export function useEntry<T extends number | readonly number[]>({ value, show, read, onChange }: EntryOptions<T>) {
  const input = useRef<HTMLInputElement>(null);
  const shown = show(value);
  const [draft, setDraft] = useState<Draft | null>(null);
  // A value from elsewhere (undo, a slider, a script) replaces what is being typed.
  if (draft && draft.over !== shown) setDraft(null);

  const take = (next: T) => {
    setDraft(null);
    if (show(next) !== shown) onChange(next);
  };
  const commit = () => {
    if (!draft) return;
    const result = read(draft.text);
    if (typeof result === 'string') setDraft({ ...draft, problem: `${result} Still ${shown}.` });
    else take(result);
  };
  /** The value typed so far, if it can be read. */
  const typed = (): T => {
    const result = draft ? read(draft.text) : value;
    return typeof result === 'string' ? value : result;
  };
  useCommitAtEnd(commit);
  useProblemInSight(input, draft?.problem);
  useEscape(input, draft !== null, () => setDraft(null));
  return {
    input,
    text: draft?.text ?? shown,
    problem: draft?.problem,
    write: (text: string) => setDraft({ text, over: shown }),
    commit,
    take,
    typed,
  };
}

/**
 * Accepts the value when the field is removed: a popover that closes removes its fields before they
 * hear that they lost the focus.
 */
function useCommitAtEnd(commit: () => void): void {
  const latest = useRef(commit);
  useEffect(() => {
    latest.current = commit;
  });
  useEffect(() => () => latest.current(), []);
}

/**
 * Scrolls the problem into view, but only while the field has the focus: otherwise something the
 * user has just pressed would move away under the pointer.
 */
function useProblemInSight(input: RefObject<HTMLInputElement | null>, problem: string | undefined): void {
  useEffect(() => {
    if (problem && document.activeElement === input.current)
      bringIntoSight(input.current?.getAttribute('aria-describedby') ?? '');
  }, [input, problem]);
}

/**
 * While the user is typing, Escape acts on the field alone. It handles the key before the popover
 * around it, which would close.
 */
function useEscape(input: RefObject<HTMLInputElement | null>, active: boolean, restore: () => void): void {
  const latest = useRef(restore);
  useEffect(() => {
    latest.current = restore;
  });
  useEffect(() => {
    if (!active) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.target !== input.current) return;
      event.stopPropagation();
      latest.current();
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [active, input]);
}
