import type { Axis } from './axes';

/**
 * Room around the lines, in CSS pixels. Fixed, so that nothing moves when the labels change their
 * width.
 */
export const INSET = { top: 8, right: 18, bottom: 22, left: 46 } as const;

/** Where steps and values stand in a plot, in CSS pixels from its upper left corner. */
export interface PlotScale {
  area: { left: number; right: number; top: number; bottom: number };
  x: (step: number) => number;
  /**
   * Null for what the axis has no place for: NaN, infinities, and on a log axis everything that is
   * not above 0.
   */
  y: (value: number) => number | null;
}

/**
 * Pixels beyond any chart: no SVG can hold the place of a value many times as large as its axis.
 */
const FAR = 1e5;

/**
 * Places for a plot of `size` CSS pixels. Made from the very axes that came with the points: the
 * scales that recharts gives its children are those of its last update, and points of another
 * quantity on them are NaN.
 */
export function plotScale(
  size: { width: number; height: number },
  x: Axis,
  y: Axis,
  scale: 'linear' | 'log',
): PlotScale {
  const area = {
    left: INSET.left,
    right: size.width - INSET.right,
    top: INSET.top,
    bottom: size.height - INSET.bottom,
  };
  const position = scale === 'log' ? Math.log10 : (value: number) => value;
  const [low, high] = y.domain.map(position);
  const [first, last] = x.domain;
  return {
    area,
    x: (step) => area.left + ((step - first) / (last - first)) * (area.right - area.left),
    y: (value) => {
      const share = (position(value) - low) / (high - low);
      if (!Number.isFinite(share)) return null;
      return Math.min(Math.max(area.bottom - share * (area.bottom - area.top), -FAR), FAR);
    },
  };
}
