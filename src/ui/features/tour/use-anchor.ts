import { useEffect, useState } from 'react';

/** A rectangle on the screen, in CSS pixels from its top left corner. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * The anchor is looked for again and again: code that is loaded on demand puts it on the page late,
 * and layouts change.
 */
const LOOK_MS = 200;

/**
 * Where the first of the elements on the page is visible. It is kept up to date while things move;
 * null while there is none, undefined before the first look. An element that is found scrolls into
 * view.
 * @param selectors the same array as long as the same element is wanted
 */
export function useAnchor(selectors: readonly string[]): Box | null | undefined {
  const [found, setFound] = useState<{ selectors: readonly string[]; box: Box | null | undefined }>({
    selectors,
    box: undefined,
  });
  useEffect(() => {
    let shown: Element | undefined;
    const look = () => {
      const element = selectors.map((selector) => document.querySelector(selector)).find((each) => each !== null);
      if (element && element !== shown) element.scrollIntoView({ block: 'nearest' });
      shown = element;
      const box = element ? visibleBox(element) : null;
      setFound((before) => (before.selectors === selectors && sameBox(before.box, box) ? before : { selectors, box }));
    };
    const first = requestAnimationFrame(look);
    const timer = setInterval(look, LOOK_MS);
    window.addEventListener('scroll', look, { capture: true, passive: true });
    window.addEventListener('resize', look);
    return () => {
      cancelAnimationFrame(first);
      clearInterval(timer);
      window.removeEventListener('scroll', look, { capture: true });
      window.removeEventListener('resize', look);
    };
  }, [selectors]);
  return found.selectors === selectors ? found.box : undefined;
}

/** The part of an element that neither the screen nor a scrolling column cuts off. */
function visibleBox(element: Element): Box {
  const box = element.getBoundingClientRect();
  const frame = element.closest('[data-scroll], [role="tabpanel"]')?.getBoundingClientRect();
  const [left, right] = [
    Math.max(box.left, frame?.left ?? 0, 0),
    Math.min(box.right, frame?.right ?? Infinity, innerWidth),
  ];
  const [top, bottom] = [
    Math.max(box.top, frame?.top ?? 0, 0),
    Math.min(box.bottom, frame?.bottom ?? Infinity, innerHeight),
  ];
  return { left, top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}

const sameBox = (a: Box | null | undefined, b: Box | null) =>
  a === b || (a && b && a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height);
