/**
 * Scrolls as little as needed to see the element; without animation for people who ask for less
 * motion.
 */
export function bringIntoSight(elementId: string): void {
  const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
  document.getElementById(elementId)?.scrollIntoView({ block: 'nearest', behavior });
}

/** The element ids of a layer's row in the stack, and of its card in the network. */
export const stackRowId = (uid: string) => `stack-${uid}`;
export const networkCardId = (uid: string) => `network-${uid}`;
