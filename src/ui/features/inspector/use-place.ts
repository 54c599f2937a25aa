import { useCallback } from 'react';
import type { Shape } from '../../../model/shape';
import { pointOf, useInspectorStore } from '../../stores/inspector-store';

/**
 * The actions that a picture of a layer's output needs: point at a place, and pin it.
 * @param shape of the output
 */
export function usePlaceActions(uid: string, shape: Shape) {
  const pinned = useInspectorStore((state) => Boolean(state.pinned[uid]));
  const { pointAt, pin, letGo } = useInspectorStore.getState();
  // Every answer brings a new shape array, so the key compares its contents.
  const key = shape.join();
  const onPoint = useCallback(
    (index: number) => pointAt(uid, pointOf(key.split(',').map(Number), index)),
    [pointAt, uid, key],
  );
  const onPin = useCallback(
    (index: number | null) => (index === null ? letGo(uid) : pin(uid, pointOf(key.split(',').map(Number), index))),
    [pin, letGo, uid, key],
  );
  return { pinned, onPoint, onPin };
}
