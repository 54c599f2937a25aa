import { useEffect, useRef, useState, type RefObject } from 'react';
import { bringIntoSight } from '../into-sight';

interface EntryOptions<T> {
  value: T;
  /** The value as text; two values with the same text are the same. */
  show(value: T): string;
  /** What a text means, or in words what is expected instead. */
  read(text: string): T | string;
  onChange(value: T): void;
}

interface Draft {
  text: string;
  /** The value, as text, that was there when it was typed. */
  over: string;
  /** Why it was not taken, once that was tried. */
  problem?: string;
}

/**
 * A text field that takes a value when it is complete: on Enter, on leaving the field, and when the
 * field goes away. Half-typed values reach nobody, the same value typed again changes nothing,
 * Escape brings back the value, and what cannot be read stays in the field with the reason.
 */
export function useEntry<T extends number | readonly number[]>({ value, show, read, onChange }: EntryOptions<T>) {
  const input = useRef<HTMLInputElement>(null);
  const shown = show(value);
  const [draft, setDraft] = useState<Draft | null>(null);
  // A value from elsewhere (undo, a slider, a script) replaces what was being typed.
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
  /** The value as typed so far, where that can be read. */
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

/** A popover that closes takes its fields away before they hear that the focus left them. */
function useCommitAtEnd(commit: () => void): void {
  const latest = useRef(commit);
  useEffect(() => {
    latest.current = commit;
  });
  useEffect(() => () => latest.current(), []);
}

/** Not once the focus is elsewhere: what was just pressed is not to move away under the pointer. */
function useProblemInSight(input: RefObject<HTMLInputElement | null>, problem: string | undefined): void {
  useEffect(() => {
    if (problem && document.activeElement === input.current)
      bringIntoSight(input.current?.getAttribute('aria-describedby') ?? '');
  }, [input, problem]);
}

/**
 * While something is being typed, Escape is for the field alone: heard before the popover around
 * it, which would close.
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
