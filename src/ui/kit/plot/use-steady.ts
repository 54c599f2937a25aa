import { useState } from 'react';
import type { Axis } from './axes';

/**
 * Returns the same object as long as the axis shows the same, because recharts rebuilds everything
 * that depends on a changed axis.
 */
export function useSteady(axis: Axis): Axis {
  const [kept, setKept] = useState(axis);
  const same = [...kept.domain, ...kept.ticks].join() === [...axis.domain, ...axis.ticks].join();
  if (!same) setKept(axis);
  return same ? kept : axis;
}
