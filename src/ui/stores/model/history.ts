/** One undoable change: its label, and the state on the other side of it. */
export interface Step<S> {
  /** In the imperative, such as `remove conv2d_2`. */
  label: string;
  /** In `past` the state before the change; in `future` the state after it. */
  snapshot: S;
}

export interface History<S> {
  /** Oldest first. The last step is undone next. */
  past: Step<S>[];
  /** Nearest first. The first step is redone next. */
  future: Step<S>[];
}

/** The number of steps kept at most. The oldest are dropped first. */
export const UNDO_STEPS = 200;

/** The history after a change to the state `before`. Undone steps can no longer be redone. */
export function recorded<S>({ past }: History<S>, label: string, before: S): History<S> {
  return { past: [...past, { label, snapshot: before }].slice(-UNDO_STEPS), future: [] };
}

/** The step that undo reverts, and the history afterwards; null if there is nothing to undo. */
export function undone<S>({ past, future }: History<S>, present: S): (History<S> & Step<S>) | null {
  const step = past.at(-1);
  return step
    ? { ...step, past: past.slice(0, -1), future: [{ label: step.label, snapshot: present }, ...future] }
    : null;
}

/** The step that redo brings back, and the history afterwards; null if there is nothing to redo. */
export function redone<S>({ past, future }: History<S>, present: S): (History<S> & Step<S>) | null {
  const step = future.at(0);
  return step ? { ...step, past: [...past, { label: step.label, snapshot: present }], future: future.slice(1) } : null;
}

/**
 * Edits of one field within this many milliseconds count as one step, so that typing 128 is not
 * three changes.
 */
const TYPING_MS = 1000;

/** Tells whether an edit continues the one before it. */
export function createTypingWatch(now: () => number = Date.now) {
  let last = { key: '', at: 0 };
  return {
    /** @param key names the edited field; empty for a change that never continues another */
    goesOn(key: string): boolean {
      const same = key !== '' && key === last.key && now() - last.at < TYPING_MS;
      last = { key, at: now() };
      return same;
    },
    /** Makes the next edit a step of its own. */
    end: () => void (last = { key: '', at: 0 }),
  };
}
