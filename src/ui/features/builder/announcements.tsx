import { create } from 'zustand';

interface Announcements {
  text: string;
  /** Rises with each one, so that the same words twice are said twice. */
  turn: number;
}

const useAnnouncements = create<Announcements>()(() => ({ text: '', turn: 0 }));

/** Lets a screen reader say what was done to the stack, when it has nothing more urgent to say. */
export const announce = (text: string): void => useAnnouncements.setState(({ turn }) => ({ text, turn: turn + 1 }));

/**
 * The place where a screen reader finds it: there from the start, as regions that appear with their
 * text are often missed.
 */
export function StackAnnouncements() {
  const { text, turn } = useAnnouncements();
  return (
    <div role="status" aria-label="Changes of the stack" className="visually-hidden">
      <span key={turn}>{text}</span>
    </div>
  );
}
