import { create } from 'zustand';
import type { DatasetInfo } from '../../data/dataset';
import type { LayerKindName, LayerSpec } from '../../model/layers';
import { PlaygroundError } from '../../errors';
import { DEFAULT_PRESET } from '../../model/presets';
import { inspectModel, type LayerReport } from '../../model/resolve';
import { createLayer, parseModelSpec, type ModelSpec } from '../../model/spec';
import { insertionIndex } from '../builder/insertion-index';
import { nearestSkipSource } from '../builder/skip-sources';
import { keepReferences, referencesOf } from './layer-references';

/** A layer of the stack with a name that stays the same while it moves (Keras-style ids are renumbered by position). */
export interface StackLayer {
  uid: string;
  spec: LayerSpec;
}

/** What undo brings back. */
interface Snapshot {
  name: string;
  input: ModelSpec['input'];
  layers: StackLayer[];
}

export interface ModelState extends Snapshot {
  /** uid of the selected layer. */
  selected: string | null;
  /** One per layer, in the order of `layers`. */
  reports: LayerReport[];
  /** The stack as it is can be trained. */
  valid: boolean;
  /** What the data demands: images of this shape go in, one score per class comes out. */
  data: { shape: ModelSpec['input']; classes: number };
  /** The network takes other images than the data has. */
  inputProblem: PlaygroundError | null;
  past: Snapshot[];
  future: Snapshot[];
  /** @param index gap to insert into; left out: where it most likely belongs. Selects the new layer. */
  addLayer(kind: LayerKindName, index?: number): void;
  /** Takes the layer at `from` out and puts it back so that it stands at `to`. */
  moveLayer(from: number, to: number): void;
  removeLayer(uid: string): void;
  updateLayer(uid: string, fields: Record<string, unknown>): void;
  duplicateLayer(uid: string): void;
  select(uid: string | null): void;
  /** @throws PlaygroundError if the spec is malformed; the stack then stays as it was. */
  loadSpec(spec: unknown): void;
  /** Takes input shape and classes from the data set; the stack is checked against them from then on. */
  fitDataset(info: Pick<DatasetInfo, 'height' | 'width' | 'channels' | 'classes'>): void;
  /** Gives the network the input that the data has. */
  fitInput(): void;
  undo(): void;
  redo(): void;
}

const UNDO_STEPS = 200;
/** Edits of one field within this many milliseconds are undone as one: typing 128 is not three changes. */
const TYPING_MS = 1000;

let nextUid = 1;
const stackLayer = (spec: LayerSpec): StackLayer => ({ uid: `layer${nextUid++}`, spec });

/** The stack as the JSON that is trained, saved and scripted. */
export function specOf({ name, input, layers }: Snapshot): ModelSpec {
  return { version: 1, name, input, layers: layers.map((layer) => layer.spec) };
}

function checked(snapshot: Snapshot, { shape, classes }: ModelState['data']) {
  const reports = inspectModel(specOf(snapshot), classes);
  const fits = shape.every((n, i) => n === snapshot.input[i]);
  const inputProblem = fits ? null : inputError(snapshot.input, shape);
  return { reports, inputProblem, valid: fits && reports.length > 0 && reports.every((report) => report.resolved) };
}

function inputError(input: readonly number[], shape: readonly number[]): PlaygroundError {
  return new PlaygroundError(`the network takes images of ${input.join('×')}, but those of the data are ${shape.join('×')}.`, {
    where: { field: 'input' },
    remedy: 'Fit the network to the data, or choose other data.',
  });
}

/** A new layer for the place `index`, its second input (if it has one) taken from the nearest layer that fits. */
function connected(spec: LayerSpec, reports: readonly LayerReport[], index: number): LayerSpec {
  const links = referencesOf(spec).map(([field]) => [field, nearestSkipSource(reports, index)]);
  return { ...spec, ...Object.fromEntries(links) } as LayerSpec;
}

const snapshotOf = ({ name, input, layers }: Snapshot): Snapshot => ({ name, input, layers });
const initial: Snapshot = {
  name: DEFAULT_PRESET.spec.name,
  input: DEFAULT_PRESET.spec.input,
  layers: DEFAULT_PRESET.spec.layers.map(stackLayer),
};

const initialData: ModelState['data'] = { shape: initial.input, classes: 10 };

/** The network on the page. Every change is checked at once and can be undone. */
export const useModelStore = create<ModelState>()((set, get) => {
  let lastEdit = { key: '', at: 0 };

  const change = (part: Partial<Snapshot>, options: { selected?: string | null; key?: string } = {}) => {
    const state = get();
    const key = options.key ?? '';
    const typing = key !== '' && key === lastEdit.key && Date.now() - lastEdit.at < TYPING_MS && state.past.length > 0;
    lastEdit = { key, at: Date.now() };
    const next = { ...snapshotOf(state), ...part };
    const past = typing ? state.past : [...state.past, snapshotOf(state)].slice(-UNDO_STEPS);
    set({
      ...next,
      ...checked(next, state.data),
      past,
      future: [],
      selected: options.selected === undefined ? state.selected : options.selected,
    });
  };

  const restore = (snapshot: Snapshot, past: Snapshot[], future: Snapshot[]) => {
    lastEdit = { key: '', at: 0 };
    const { selected, data } = get();
    const kept = snapshot.layers.some(({ uid }) => uid === selected) ? selected : null;
    set({ ...snapshot, ...checked(snapshot, data), past, future, selected: kept });
  };

  /** A change of which layers there are, or of their order. */
  const rearrange = (layers: StackLayer[], options?: { selected: string | null }) =>
    change({ layers: keepReferences(get().layers, layers) }, options);

  const insert = (layer: StackLayer, index: number) => rearrange(get().layers.toSpliced(index, 0, layer), { selected: layer.uid });

  return {
    ...initial,
    ...checked(initial, initialData),
    data: initialData,
    selected: null,
    past: [],
    future: [],
    addLayer(kind, wanted) {
      const index = wanted ?? insertionIndex(get(), kind);
      insert(stackLayer(connected(createLayer(kind), get().reports, index)), index);
    },
    moveLayer(from, to) {
      const { layers } = get();
      if (from === to || !layers[from]) return;
      rearrange(layers.toSpliced(from, 1).toSpliced(to, 0, layers[from]));
    },
    removeLayer(uid) {
      const { layers, selected } = get();
      const kept = layers.filter((layer) => layer.uid !== uid);
      rearrange(kept, { selected: selected === uid ? null : selected });
    },
    updateLayer(uid, fields) {
      const edited = (layer: StackLayer) => ({ uid, spec: { ...layer.spec, ...fields } as LayerSpec });
      const layers = get().layers.map((layer) => (layer.uid === uid ? edited(layer) : layer));
      change({ layers }, { key: [uid, ...Object.keys(fields)].join() });
    },
    duplicateLayer(uid) {
      const { layers } = get();
      const index = layers.findIndex((layer) => layer.uid === uid);
      if (index >= 0) insert(stackLayer(layers[index].spec), index + 1);
    },
    select: (uid) => set({ selected: uid }),
    loadSpec(json) {
      const spec = parseModelSpec(json);
      change({ name: spec.name, input: spec.input, layers: spec.layers.map(stackLayer) }, { selected: null });
    },
    fitDataset({ height, width, channels, classes }) {
      const data: ModelState['data'] = { shape: [height, width, channels], classes };
      const next: Snapshot = { ...snapshotOf(get()), input: data.shape };
      set({ ...next, data, ...checked(next, data) });
    },
    fitInput: () => change({ input: get().data.shape }),
    undo() {
      const { past, future } = get();
      if (past.length > 0) restore(past.at(-1)!, past.slice(0, -1), [snapshotOf(get()), ...future]);
    },
    redo() {
      const { past, future } = get();
      if (future.length > 0) restore(future[0], [...past, snapshotOf(get())], future.slice(1));
    },
  };
});

/** Report of the layer with the given uid, or undefined. */
export function reportFor(state: Pick<ModelState, 'layers' | 'reports'>, uid: string | null): LayerReport | undefined {
  return state.reports[state.layers.findIndex((layer) => layer.uid === uid)];
}
