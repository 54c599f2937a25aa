import { useState } from 'react';
import type { Axis } from './axes';

/**
 * The same object as long as the axis shows the same: recharts rebuilds whatever depends on an axis
 * that changed.
 */
export function useSteady(axis: Axis): Axis {
  const [kept, setKept] = useState(axis);
  const same = [...kept.domain, ...kept.ticks].join() === [...axis.domain, ...axis.ticks].join();
  if (!same) setKept(axis);
  return same ? kept : axis;
}
