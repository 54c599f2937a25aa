import { bringIntoSight } from '../../kit/into-sight';
import { useModelStore } from '../../stores/model/model-store';
import { trainedIds } from '../../stores/run-machine/selectors';
import { useRunStore } from '../../stores/run-store';

/**
 * Selects the layer of the stack that has this id in the network in training. Does nothing if the
 * stack has lost the layer since.
 */
export function selectLayer(id: string): void {
  const uid = uidOf(id);
  if (uid) useModelStore.getState().select(uid);
}

/** The id of the element with the inspector, which is below the view on a page of one column. */
export const INSPECTOR_BELOW = 'inspector-below';

/**
 * Selects a layer to look at it. If the inspector is below the charts and not beside them, it is
 * scrolled into sight.
 */
export function inspectLayer(id: string): void {
  selectLayer(id);
  // The inspector exists only after the page has been drawn.
  requestAnimationFrame(() => bringIntoSight(INSPECTOR_BELOW));
}

/** The uid of a layer of the trained network, if it is still in the stack. */
function uidOf(id: string): string | undefined {
  const ids = trainedIds(useRunStore.getState());
  const uid = Object.keys(ids).find((key) => ids[key] === id);
  return useModelStore.getState().layers.some((layer) => layer.uid === uid) ? uid : undefined;
}

/** The id of the selected layer in the network in training; null for none. */
export function useSelectedId(): string | null {
  const uid = useModelStore((state) => state.selected);
  return useRunStore((state) => (uid && trainedIds(state)[uid]) || null);
}
