import { flushSync } from 'react-dom';
import type { LayerKindName } from '../../../model/layers';
import type { Repair } from '../../../model/editing/repairs';
import { kindOf } from '../../../model/spec';
import { bringIntoSight, stackRowId } from '../../kit/into-sight';
import { reportFor, useModelStore } from '../../stores/model/model-store';
import { announce } from './announcements';

// What buttons and keys do to the stack: change it, say so, and leave the focus where one can go on
// from.

const model = () => useModelStore.getState();
const indexOf = (uid: string) => model().layers.findIndex((layer) => layer.uid === uid);

/** What a layer is called while it is spoken of: `conv2d_1`, or `Conv2D` where it is off. */
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
  // At once, so that the next key is for the copy however soon it comes.
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

/** The row of the stack that an element is in. */
export const rowOf = (element: Element | null): string | undefined =>
  element?.closest<HTMLElement>('[data-uid]')?.dataset.uid;

/**
 * A row that moves loses the focus, and one that goes takes it along: then the layer in its place
 * gets it.
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

/** Gives the focus to the row of a layer, or to the stack where there is none. */
function focusRow(uid: string | undefined): void {
  const row = uid ? document.getElementById(stackRowId(uid)) : null;
  const target =
    row?.querySelector<HTMLElement>('[aria-expanded]') ?? document.querySelector<HTMLElement>('[data-stack]');
  // The row scrolls as far as it takes to see all of it: a focus that scrolled too would stop that
  // half way.
  target?.focus({ preventScroll: true });
  if (row) bringIntoSight(row.querySelector('[data-problem-text]')?.id ?? row.id);
}
