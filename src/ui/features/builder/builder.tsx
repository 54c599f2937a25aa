import {
  DndContext,
  DragOverlay,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
  type DragEndEvent,
} from '@dnd-kit/core';
import { useState } from 'react';
import { PanelBoundary } from '../../kit/panel-boundary';
import { useModelStore } from '../../stores/model/model-store';
import {
  createAnnouncements,
  dropIndex,
  instructions,
  nearestTarget,
  RowKeyboardSensor,
  stepToNextTarget,
  type Dragged,
  type Target,
} from './drag';
import { DragPreview } from './drag-preview';
import { LayerPalette } from './layer-palette';
import { LayerStack } from './layer-stack';

/** Space picks up and drops; Enter, on its own, still clicks. */
const KEYS = { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] };

/** Palette and stack, with dragging between them by mouse, touch and keyboard. */
export function Builder() {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const [announcements] = useState(createAnnouncements);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    // A finger has to press for a moment before it drags, so it can still scroll the page.
    useSensor(TouchSensor, { activationConstraint: { delay: 180, tolerance: 6 } }),
    useSensor(RowKeyboardSensor, { coordinateGetter: stepToNextTarget, keyboardCodes: KEYS, scrollBehavior: 'auto' }),
  );
  return (
    <PanelBoundary name="Layer stack">
      <DndContext
        sensors={sensors}
        collisionDetection={nearestTarget}
        // Scrolls only very close to the edge: otherwise the last layers of the stack would move
        // away.
        autoScroll={{ threshold: { x: 0, y: 0.08 } }}
        accessibility={{ announcements, screenReaderInstructions: instructions }}
        onDragStart={({ active }) => setDragged(active.data.current as Dragged)}
        onDragCancel={() => setDragged(null)}
        onDragEnd={(event) => {
          setDragged(null);
          drop(event);
        }}
      >
        <LayerPalette />
        <LayerStack adding={dragged?.from === 'palette'} />
        <DragOverlay dropAnimation={null} zIndex={400}>
          {dragged && <DragPreview dragged={dragged} />}
        </DragOverlay>
      </DndContext>
    </PanelBoundary>
  );
}

function drop({ active, over }: DragEndEvent): void {
  if (!over) return;
  const dragged = active.data.current as Dragged;
  const index = dropIndex(over.data.current as Target);
  const model = useModelStore.getState();
  if (dragged.from === 'palette') return model.addLayer(dragged.kind, index);
  model.moveLayer(
    model.layers.findIndex(({ uid }) => uid === dragged.uid),
    index,
  );
}
