import type { Axis } from './axes';

/**
 * The space around the lines, in CSS pixels. It is fixed, so that nothing moves when the width of
 * the labels changes.
 */
export const INSET = { top: 8, right: 18, bottom: 22, left: 46 } as const;

/** Converts steps and values to places in a plot, in CSS pixels from its upper left corner. */
export interface PlotScale {
  area: { left: number; right: number; top: number; bottom: number };
  x: (step: number) => number;
  /**
   * Null for values without a place on the axis: NaN, infinities, and on a log axis all values that
   * are not above 0.
   */
  y: (value: number) => number | null;
}

/**
 * A number of pixels beyond any chart. Places are clamped to it, because SVG cannot hold the place
 * of a value many times as large as its axis.
 */
const FAR = 1e5;

/**
 * The scale of a plot of `size` CSS pixels. It is made from the axes that came with the points,
 * because the scales that recharts gives its children are those of its last update. Points of
 * another quantity would be NaN on those.
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
  const [low, high] = [position(y.domain[0]), position(y.domain[1])];
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
