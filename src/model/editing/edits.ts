import { at } from '../../at';
import type { LayerSpec } from '../layers';
import { keepReferences } from './references';
import { inspectModel, isSound } from '../resolve';
import type { ModelSpec } from '../spec';

/**
 * One change of a network: layers inserted at a place, or the layer at that place changed, moved or
 * removed.
 */
export type Edit = { at: number } & (
  { insert: LayerSpec[] } | { change: Record<string, unknown> } | { moveTo: number } | { remove: true }
);

/**
 * The list after an edit.
 * @param make turns a new layer into an item of the list
 * @param changed gives an existing item new values for some of its fields
 */
export function edited<T>(
  items: readonly T[],
  edit: Edit,
  make: (spec: LayerSpec) => T,
  changed: (item: T, fields: Record<string, unknown>) => T,
): T[] {
  const { at: index } = edit;
  if ('insert' in edit) return items.toSpliced(index, 0, ...edit.insert.map(make));
  if ('change' in edit) return items.with(index, changed(at(items, index), edit.change));
  const rest = items.toSpliced(index, 1);
  return 'remove' in edit ? rest : rest.toSpliced(edit.moveTo, 0, at(items, index));
}

/** The layers of a network after an edit. Their references still mean the same layers. */
export function editedLayers(layers: readonly LayerSpec[], edit: Edit): LayerSpec[] {
  return tracked(layers, edit).map(({ spec }) => spec);
}

function tracked(layers: readonly LayerSpec[], edit: Edit) {
  let fresh = layers.length;
  const before = layers.map((spec, uid) => ({ uid, spec }));
  const make = (spec: LayerSpec) => ({ uid: fresh++, spec });
  const after = edited(before, edit, make, ({ uid, spec }, fields) => ({
    uid,
    spec: { ...spec, ...fields },
  }));
  return keepReferences(before, after);
}

/**
 * Whether an edit solves the problem of layer `index`, and whether the network has no problem at
 * all after it.
 */
export function outcomeOf(
  spec: ModelSpec,
  edit: Edit,
  index: number,
  classes: number,
): { mended: boolean; valid: boolean } {
  const after = tracked(spec.layers, edit);
  const reports = inspectModel({ ...spec, layers: after.map((layer) => layer.spec) }, classes);
  const report = reports[after.findIndex(({ uid }) => uid === index)];
  return { mended: report !== undefined && isSound(report), valid: reports.length > 0 && reports.every(isSound) };
}
