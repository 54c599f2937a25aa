/** One undoable change: what was done, and how things were on the other side of it. */
export interface Step<S> {
  /** In the imperative, such as `remove conv2d_2`. */
  label: string;
  /** In `past` the state before the change, in `future` the state after it. */
  snapshot: S;
}

export interface History<S> {
  /** Oldest first: the last one is undone next. */
  past: Step<S>[];
  /** Nearest first: the first one is redone next. */
  future: Step<S>[];
}

/** Steps beyond this many are forgotten, the oldest first. */
export const UNDO_STEPS = 200;

/** After a change that began from `before`; what had been undone can no longer be redone. */
export function recorded<S>({ past }: History<S>, label: string, before: S): History<S> {
  return { past: [...past, { label, snapshot: before }].slice(-UNDO_STEPS), future: [] };
}

/**
 * What undoing the last step brings back, and the history then; null where there is nothing to
 * undo.
 */
export function undone<S>({ past, future }: History<S>, present: S): (History<S> & Step<S>) | null {
  const step = past.at(-1);
  return step
    ? { ...step, past: past.slice(0, -1), future: [{ label: step.label, snapshot: present }, ...future] }
    : null;
}

/**
 * What redoing the next step brings back, and the history then; null where there is nothing to
 * redo.
 */
export function redone<S>({ past, future }: History<S>, present: S): (History<S> & Step<S>) | null {
  const step = future.at(0);
  return step ? { ...step, past: [...past, { label: step.label, snapshot: present }], future: future.slice(1) } : null;
}

/**
 * Edits of one field within this many milliseconds are undone as one: typing 128 is not three
 * changes.
 */
const TYPING_MS = 1000;

/** Tells whether an edit goes on with the one before it. */
export function createTypingWatch(now: () => number = Date.now) {
  let last = { key: '', at: 0 };
  return {
    /** @param key what is edited; empty for a change that stands by itself */
    goesOn(key: string): boolean {
      const same = key !== '' && key === last.key && now() - last.at < TYPING_MS;
      last = { key, at: now() };
      return same;
    },
    /** The next edit is a step of its own. */
    end: () => void (last = { key: '', at: 0 }),
  };
}
