import {
  closestCenter,
  KeyboardCode,
  type Announcements,
  type CollisionDetection,
  type KeyboardCoordinateGetter,
  type UniqueIdentifier,
} from '@dnd-kit/core';
import type { LayerKindName } from '../../../model/layers';
import { kindOf } from '../../../model/spec';
import { reportFor, useModelStore } from '../../stores/model/model-store';

/** What is being dragged: a kind of layer from the palette, or a layer of the stack. */
export type Dragged = { from: 'palette'; kind: LayerKindName } | { from: 'stack'; uid: string };
/**
 * Where it may be dropped: in a gap between layers (a new layer), or at the place of another layer
 * (a moved one).
 */
export type Target = { gap: number } | { uid: string };

const isGap = (id: UniqueIdentifier) => String(id).startsWith('gap:');
export const gapId = (index: number) => `gap:${index}`;

/** A layer dropped within this distance of the stack, in pixels, still lands in it. */
const REACH = 48;

/** New layers look for the gap nearest to the pointer, moving layers for the nearest layer. */
export const nearestTarget: CollisionDetection = (args) => {
  const wantsGap = args.active.data.current?.from === 'palette';
  const droppableContainers = args.droppableContainers.filter(({ id }) => isGap(id) === wantsGap);
  const pointer = args.pointerCoordinates;
  if (!wantsGap || !pointer) return closestCenter({ ...args, droppableContainers });
  const near = droppableContainers.flatMap((droppableContainer) => {
    const rect = args.droppableRects.get(droppableContainer.id);
    if (!rect || pointer.x < rect.left - REACH || pointer.x > rect.right + REACH) return [];
    const value = Math.abs(pointer.y - rect.top - rect.height / 2);
    return [{ id: droppableContainer.id, data: { droppableContainer, value } }];
  });
  const nearest = near.sort((a, b) => a.data.value - b.data.value);
  // While the pointer is over the palette, no gap is meant yet.
  const [best] = nearest;
  return best && best.data.value <= 2 * REACH ? nearest : [];
};

/** As texts, which the codes of events are; TypeScript keeps its enums apart from them. */
const [UP, DOWN]: [string, string] = [KeyboardCode.Up, KeyboardCode.Down];

/** Arrow keys move from one possible place to the next, however high it is. */
export const stepToNextTarget: KeyboardCoordinateGetter = (event, { context }) => {
  const direction = event.code === DOWN ? 1 : event.code === UP ? -1 : 0;
  const { active, over, collisionRect, droppableRects, droppableContainers } = context;
  if (!direction || !active || !collisionRect) return undefined;
  event.preventDefault();
  const wantsGap = active.data.current?.from === 'palette';
  const places = droppableContainers
    .getEnabled()
    .filter(({ id }) => isGap(id) === wantsGap && droppableRects.has(id))
    .map(({ id }) => ({ id, rect: droppableRects.get(id)! }))
    .sort((a, b) => a.rect.top - b.rect.top);
  const current = places.findIndex(({ id }) => id === over?.id);
  const place = places[Math.min(places.length - 1, Math.max(0, current + direction))];
  if (!place) return undefined;
  const { rect } = place;
  return { x: rect.left, y: rect.top + rect.height / 2 - collisionRect.height / 2 };
};

/** The stack index of a drop at `over`, counted in the stack before the drop. */
export function dropIndex(target: Target): number {
  return 'gap' in target ? target.gap : useModelStore.getState().layers.findIndex(({ uid }) => uid === target.uid);
}

function nameOf(dragged: Dragged): string {
  if (dragged.from === 'palette') return `new ${kindOf(dragged.kind).label} layer`;
  const state = useModelStore.getState();
  const layer = state.layers.find(({ uid }) => uid === dragged.uid);
  return layer ? `${kindOf(layer.spec.kind).label} ${reportFor(state, dragged.uid)?.id ?? ''}` : 'layer';
}

function placeOf(dragged: Dragged, target: Target): string {
  const count = useModelStore.getState().layers.length;
  return `position ${dropIndex(target) + 1} of ${dragged.from === 'palette' ? count + 1 : count}`;
}

interface DragEvent {
  active: { data: { current?: unknown } };
  over?: { data: { current?: unknown } } | null;
}

/**
 * What a screen reader says while a layer is carried. Each builder needs its own announcements:
 * they remember what is carried and where it is.
 */
export function createAnnouncements(): Announcements {
  let name = 'layer';
  let place = '';
  const look = ({ active, over }: DragEvent) => {
    const dragged = active.data.current as Dragged;
    name = nameOf(dragged);
    place = over ? placeOf(dragged, over.data.current as Target) : '';
  };
  return {
    onDragStart(event) {
      look(event);
      return `Picked up ${name}.`;
    },
    onDragOver(event) {
      look(event);
      return place ? `${name} is at ${place}.` : `${name} is outside of the stack.`;
    },
    // By now the stack has changed and its layers may be renumbered: so this repeats the name and
    // place announced last.
    onDragEnd: () => (place ? `Dropped ${name} at ${place}.` : `${name} was not placed.`),
    onDragCancel: () => `Cancelled. ${name} is where it was.`,
  };
}

export const instructions = {
  draggable: 'Press space to pick up the layer, the up and down arrows to move it, space to drop it, Escape to cancel.',
};
