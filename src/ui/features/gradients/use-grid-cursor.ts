import { useClickOutside } from '@mantine/hooks';
import { useState, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import { useTap } from '../../kit/plot/use-tap';

export interface GridCell {
  row: number;
  column: number;
}

interface Grid {
  rows: number;
  columns: number;
  /** The cell at a place in CSS pixels from the upper left corner of the element; null for none. */
  cellAt: (x: number, y: number) => GridCell | null;
  onSelect: (cell: GridCell) => void;
}

const MOVES: Record<string, (cell: GridCell, grid: Grid) => GridCell> = {
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  Home: ({ row }) => ({ row, column: 0 }),
  End: ({ row }, { columns }) => ({ row, column: columns - 1 }),
};

/**
 * A cursor over a picture of rows and columns. Pointer and arrow keys move it; click, Enter and
 * Space select. With a finger, the first tap shows a cell's values and keeps them shown; a second
 * tap on the same row selects.
 * @returns `keyed`: the cursor if a key has moved it, since its values then have to be announced; a
 * new object after every press
 */
export function useGridCursor(grid: Grid) {
  const [cursor, setCursor] = useState<(GridCell & { spoken: boolean }) | null>(null);
  const tap = useTap();
  const frame = useClickOutside<HTMLDivElement>(() => {
    setCursor(null);
    tap.forget();
  }, ['pointerdown']);
  const inside = ({ row, column }: GridCell): GridCell => ({
    row: Math.max(0, Math.min(row, grid.rows - 1)),
    column: Math.max(0, Math.min(column, grid.columns - 1)),
  });
  const isEmpty = grid.rows === 0 || grid.columns === 0;
  // The picture may have become smaller while the cursor rested.
  const cell = cursor && !isEmpty ? inside(cursor) : null;

  const under = (event: MouseEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return isEmpty ? null : grid.cellAt(event.clientX - box.left, event.clientY - box.top);
  };
  const follow = (event: PointerEvent) => {
    const found = under(event);
    setCursor(found && { ...found, spoken: false });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Alt with an arrow key goes back in the browser.
    if (isEmpty || event.altKey || event.ctrlKey || event.metaKey) return;
    const at = cell ?? { row: 0, column: grid.columns - 1 };
    const move = MOVES[event.key];
    if (move) setCursor({ ...inside(cell ? move(at, grid) : at), spoken: true });
    else if (event.key === 'Enter' || event.key === ' ') grid.onSelect(at);
    else return;
    // Keeps the page from scrolling, and the space bar from starting the training.
    event.preventDefault();
    event.stopPropagation();
  };
  const onClick = (event: MouseEvent) => {
    const found = under(event);
    if (tap.selects(found && String(found.row)) && found) grid.onSelect(found);
  };
  const onPointerDown = (event: PointerEvent) => {
    tap.onPointerDown(event);
    follow(event);
  };
  const onPointerLeave = ({ pointerType }: PointerEvent) => {
    if (pointerType !== 'touch') setCursor(null);
  };
  const handlers = { onPointerMove: follow, onPointerDown, onPointerLeave, onKeyDown, onClick };
  return { frame, cell, keyed: cursor?.spoken ? cursor : null, handlers };
}
