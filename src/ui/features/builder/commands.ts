import { flushSync } from 'react-dom';
import type { LayerKindName } from '../../../model/layers';
import type { Repair } from '../../../model/editing/repairs';
import { kindOf } from '../../../model/spec';
import { bringIntoSight, stackRowId } from '../../kit/into-sight';
import { reportFor, useModelStore } from '../../stores/model/model-store';
import { announce } from './announcements';

// What buttons and keys do to the stack: they change it, announce the change, and keep the focus
// where the user can go on from.

const model = () => useModelStore.getState();
const indexOf = (uid: string) => model().layers.findIndex((layer) => layer.uid === uid);

/** The name of a layer in announcements: `conv2d_1`, or `Conv2D` if it is switched off. */
export function nameOf(uid: string): string {
  const report = reportFor(model(), uid);
  if (!report) return 'layer';
  return report.bypassed ? kindOf(report.spec.kind).label : report.id;
}

const placeOf = (uid: string) => `position ${indexOf(uid) + 1} of ${model().layers.length}`;

export function addLayer(kind: LayerKindName): void {
  model().addLayer(kind);
  const uid = model().selected!;
  announce(`${nameOf(uid)} added at ${placeOf(uid)}.`);
}

export function duplicateLayer(uid: string): void {
  const name = nameOf(uid);
  // Renders at once, so even a key pressed right after this one acts on the copy.
  flushSync(() => model().duplicateLayer(uid));
  const copy = model().selected!;
  focusRow(copy);
  announce(`${name} duplicated: ${placeOf(copy)}.`);
}

export function removeLayer(uid: string): void {
  const name = nameOf(uid);
  keepingFocus(() => model().removeLayer(uid));
  const { length } = model().layers;
  announce(`${name} removed. ${length === 1 ? 'One layer is' : `${length} layers are`} left.`);
}

export function clearStack(): void {
  const { layers, clear } = model();
  if (layers.length === 0) return;
  clear();
  announce('The stack is empty. Undo brings the layers back.');
}

export function toggleBypass(uid: string): void {
  const name = nameOf(uid);
  model().toggleBypass(uid);
  const off = model().layers[indexOf(uid)]?.bypassed;
  announce(off ? `${name} is off: the network is trained without it.` : `${nameOf(uid)} is on again.`);
}

/** @param step -1 towards the input, 1 towards the output */
export function moveLayer(uid: string, step: -1 | 1): void {
  const from = indexOf(uid);
  const to = from + step;
  if (from < 0) return;
  if (!model().layers[to]) return announce(`${nameOf(uid)} is the ${step < 0 ? 'first' : 'last'} layer.`);
  keepingFocus(() => model().moveLayer(from, to));
  announce(`${nameOf(uid)} is at ${placeOf(uid)}.`);
}

export function repairLayer(id: string, repair: Repair): void {
  keepingFocus(() => model().applyRepair(id, repair));
  announce(`Done: ${repair.label}. ${model().valid ? 'The network is valid.' : 'There is another problem.'}`);
}

export function undo(): void {
  const step = model().past.at(-1);
  if (!step) return announce('There is nothing to undo.');
  keepingFocus(() => model().undo());
  announce(`Undone: ${step.label}.`);
}

export function redo(): void {
  const step = model().future.at(0);
  if (!step) return announce('There is nothing to redo.');
  keepingFocus(() => model().redo());
  announce(`Redone: ${step.label}.`);
}

/** The uid of the stack row that contains an element. */
export const rowOf = (element: Element | null): string | undefined =>
  element?.closest<HTMLElement>('[data-uid]')?.dataset.uid;

/**
 * Changes the stack without losing the focus: a row that is moved or removed would lose it. It goes
 * back to the row, or to the layer that takes the place of a removed one.
 */
function keepingFocus(change: () => void): void {
  const element = document.activeElement as HTMLElement | null;
  const uid = rowOf(element);
  const index = uid ? indexOf(uid) : -1;
  change();
  if (!element || index < 0) return;
  requestAnimationFrame(() => {
    if (element.isConnected) return element.focus();
    focusRow(model().layers[Math.min(index, model().layers.length - 1)]?.uid);
  });
}

/** Focuses the row of a layer, or the stack if there is no such row. */
function focusRow(uid: string | undefined): void {
  const row = uid ? document.getElementById(stackRowId(uid)) : null;
  const target =
    row?.querySelector<HTMLElement>('[aria-expanded]') ?? document.querySelector<HTMLElement>('[data-stack]');
  // The row scrolls itself fully into view; a focus that scrolled too would stop that half-way.
  target?.focus({ preventScroll: true });
  if (row) bringIntoSight(row.querySelector('[data-problem-text]')?.id ?? row.id);
}
