import {
  closestCenter,
  KeyboardCode,
  KeyboardSensor,
  type Announcements,
  type ClientRect,
  type CollisionDetection,
  type KeyboardCoordinateGetter,
  type UniqueIdentifier,
} from '@dnd-kit/core';
import type { KeyboardEvent } from 'react';
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

/** The whole panel of the stack: wherever a layer is dropped in it, it lands in the stack. */
export const STACK_AREA = 'stack-area';

/** A layer dropped within this distance of the panel, in pixels, still lands in the stack. */
const REACH = 24;

/**
 * New layers look for the gap nearest to the pointer, moving layers for the nearest layer. There is
 * none while the pointer is away from the stack: to drop a layer there is to cancel.
 */
export const nearestTarget: CollisionDetection = (args) => {
  const wantsGap = args.active.data.current?.from === 'palette';
  const places = args.droppableContainers.filter(({ id }) => id !== STACK_AREA && isGap(id) === wantsGap);
  const pointer = args.pointerCoordinates;
  if (!pointer) return closestCenter({ ...args, droppableContainers: places });
  const area = args.droppableRects.get(STACK_AREA);
  if (area && !isWithin(pointer, area)) return [];
  if (!wantsGap) return closestCenter({ ...args, droppableContainers: places });
  return places
    .flatMap((droppableContainer) => {
      const rect = args.droppableRects.get(droppableContainer.id);
      const value = rect ? Math.abs(pointer.y - rect.top - rect.height / 2) : Infinity;
      return rect ? [{ id: droppableContainer.id, data: { droppableContainer, value } }] : [];
    })
    .sort((a, b) => a.data.value - b.data.value);
};

const isWithin = ({ x, y }: { x: number; y: number }, { left, right, top, bottom }: ClientRect) =>
  x > left - REACH && x < right + REACH && y > top - REACH && y < bottom + REACH;

/**
 * Carries a layer by keyboard from wherever the key was pressed, its handle or its row. dnd-kit's own
 * sensor listens to the handle alone.
 */
export class RowKeyboardSensor extends KeyboardSensor {
  static override activators: typeof KeyboardSensor.activators = [
    {
      eventName: 'onKeyDown',
      handler: (event: KeyboardEvent, options) => {
        if (!options.keyboardCodes?.start.includes(event.nativeEvent.code)) return false;
        event.preventDefault();
        options.onActivation?.({ event: event.nativeEvent });
        return true;
      },
    },
  ];
}

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
    .filter(({ id }) => id !== STACK_AREA && isGap(id) === wantsGap && droppableRects.has(id))
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
