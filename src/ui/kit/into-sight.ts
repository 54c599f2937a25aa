/** Scrolls as little as it takes to see the element, at once for people who ask for less motion. */
export function bringIntoSight(elementId: string): void {
  const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
  document.getElementById(elementId)?.scrollIntoView({ block: 'nearest', behavior });
}

/** Where a layer stands in the stack, and in the network beside it. */
export const stackRowId = (uid: string) => `stack-${uid}`;
export const networkCardId = (uid: string) => `network-${uid}`;
