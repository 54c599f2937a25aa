import { create } from 'zustand';

interface Announcements {
  text: string;
  /** Grows with every announcement, so a screen reader also repeats the same words. */
  turn: number;
}

const useAnnouncements = create<Announcements>()(() => ({ text: '', turn: 0 }));

/**
 * Tells screen readers what changed in the stack. They say it when nothing more urgent is waiting.
 */
export const announce = (text: string): void => useAnnouncements.setState(({ turn }) => ({ text, turn: turn + 1 }));

/**
 * The live region that holds the announcement. It is always on the page, since screen readers often
 * miss a region that appears together with its text.
 */
export function StackAnnouncements() {
  const { text, turn } = useAnnouncements();
  return (
    <div role="status" aria-label="Changes of the stack" className="visually-hidden">
      <span key={turn}>{text}</span>
    </div>
  );
}
