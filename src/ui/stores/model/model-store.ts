import { create } from 'zustand';
import { DEFAULT_DATASET } from '../../../data/sets';
import { isNormalization, parseInputScaling, scalingPart } from '../../../model/input-scaling';
import { DEFAULT_PRESET } from '../../../model/presets';
import type { LayerSpec } from '../../../model/layers';
import { idsOf, keepReferences, referencesOf } from '../../../model/editing/references';
import { changeSettings } from '../../../model/settings';
import { activationOf } from '../../../model/resolve';
import { createLayer, kindOf, parseModelSpec } from '../../../model/spec';
import { insertionIndex } from '../../../model/editing/insertion-index';
import { nearestSkipSource } from '../../../model/editing/skip-sources';
import { createTypingWatch, recorded, redone, undone, type History } from './history';
import { changedSettings, editLabel, scalingLabel, settingsLabel } from './model-store-labels';
import { repairedLayers } from './model-store-repair';
import { checkedStack, inputFor, type Stack, type StackReport } from './model-store-stack';
import type { ModelState, Snapshot } from './model-store-state';
import { stackLayer, type StackLayer } from './stack-layer';
import { useRunStore } from '../run-store';

export { idsIn, networkIdsOf, specOf, wholeStackOf, type Stack, type StackReport } from './model-store-stack';
export type { StackLayer } from './stack-layer';
export type { ModelState, Snapshot } from './model-store-state';

/**
 * A new layer for position `index`. Its second input, if it has one, comes from the nearest layer
 * that fits.
 */
function connected(
  spec: LayerSpec,
  { reports, layers }: Pick<ModelState, 'reports' | 'layers'>,
  index: number,
): LayerSpec {
  const links = referencesOf(spec).map(([field]) => [field, nearestSkipSource(reports, index, idsOf(layers))]);
  return { ...spec, ...Object.fromEntries(links) } as LayerSpec;
}

/**
 * A layer as it most likely should be before others. Two layers in a row without an activation
 * between them compute no more than one, so a convolution or a dense layer begins with relu there.
 */
const hidden = (spec: LayerSpec, isHidden: boolean): LayerSpec =>
  isHidden && activationOf(spec) === 'linear' && 'activation' in spec ? { ...spec, activation: 'relu' } : spec;

/** The scaling is there also as undefined: a state that this is merged into must not keep its own. */
const stackOf = ({ name, input, inputScaling, layers }: Stack): Stack => ({ name, input, inputScaling, layers });
const snapshotOf = (stack: Stack): Snapshot => ({ ...stackOf(stack), settings: useRunStore.getState().settings });

interface ChangeOptions {
  selected?: string | null;
  /** Names the field being typed into, so that one entry is one step. */
  key?: string;
}

const initial: Stack = {
  name: DEFAULT_PRESET.spec.name,
  input: DEFAULT_PRESET.spec.input,
  layers: DEFAULT_PRESET.spec.layers.map(stackLayer),
};

const initialData: ModelState['data'] = { shape: initial.input, classes: DEFAULT_DATASET.classes };

/**
 * The network on the page. Every change, including a change of the settings, is checked at once and
 * can be undone.
 */
export const useModelStore = create<ModelState>()((set, get) => {
  const typing = createTypingWatch();
  /** The step that is currently grouping several changes. */
  let group: { label: string; begun: boolean } | null = null;

  const history = (label: string, key = ''): History<Snapshot> => {
    const state = get();
    const goesOn = group ? group.begun : typing.goesOn(key) && state.past.length > 0;
    const before = { past: state.past, future: state.future };
    const after = goesOn ? { ...before, future: [] } : recorded(before, group?.label ?? label, snapshotOf(state));
    if (group) group.begun = true;
    return after;
  };

  const change = (label: string, part: Partial<Stack>, { selected = get().selected, key }: ChangeOptions = {}) => {
    const { data, reports } = get();
    const next = { ...stackOf(get()), ...part };
    set({ ...history(label, key), ...next, ...checkedStack(next, data, reports), selected });
  };

  const restore = (step: (History<Snapshot> & { snapshot: Snapshot }) | null) => {
    if (!step) return;
    typing.end();
    const { selected, data, reports } = get();
    const { settings, ...stack } = step.snapshot;
    const kept = stack.layers.some(({ uid }) => uid === selected) ? selected : null;
    set({
      ...stackOf(stack),
      ...checkedStack(stack, data, reports),
      past: step.past,
      future: step.future,
      selected: kept,
    });
    if (changedSettings(useRunStore.getState().settings, settings).length > 0) useRunStore.setState({ settings });
  };

  /** Changes which layers there are, or their order. */
  const rearrange = (label: string, layers: StackLayer[], options?: ChangeOptions) =>
    change(label, { layers: keepReferences(get().layers, layers) }, options);

  const indexOf = (uid: string) => get().layers.findIndex((layer) => layer.uid === uid);
  const idOf = (uid: string) => get().reports[indexOf(uid)]?.id ?? '';

  return {
    ...initial,
    ...checkedStack(initial, initialData),
    data: initialData,
    selected: null,
    past: [],
    future: [],
    addLayer(kind, wanted) {
      const index = wanted ?? insertionIndex(get(), kind);
      const layer = stackLayer(connected(hidden(createLayer(kind), index < get().layers.length), get(), index));
      rearrange(`add ${kindOf(kind).label}`, get().layers.toSpliced(index, 0, layer), { selected: layer.uid });
    },
    moveLayer(from, to) {
      const { layers } = get();
      const moved = layers[from];
      if (from === to || !moved) return;
      rearrange(`move ${idOf(moved.uid)}`, layers.toSpliced(from, 1).toSpliced(to, 0, moved));
    },
    removeLayer(uid) {
      const { layers, selected } = get();
      if (indexOf(uid) < 0) return;
      const kept = layers.filter((layer) => layer.uid !== uid);
      rearrange(`remove ${idOf(uid)}`, kept, { selected: selected === uid ? null : selected });
    },
    updateLayer(uid, fields) {
      const { layers } = get();
      const index = indexOf(uid);
      const before = layers[index];
      if (!before) return;
      const layer = { ...before, spec: { ...before.spec, ...fields } };
      const names = Object.keys(fields);
      change(
        editLabel(idOf(uid), layer.spec, names),
        { layers: layers.with(index, layer) },
        { key: [uid, ...names].join() },
      );
    },
    duplicateLayer(uid) {
      const { layers } = get();
      const index = indexOf(uid);
      const original = layers[index];
      if (!original) return;
      const copy = { ...original, uid: stackLayer(original.spec).uid };
      rearrange(`duplicate ${idOf(uid)}`, layers.toSpliced(index + 1, 0, copy), { selected: copy.uid });
    },
    clear: () => change('clear the stack', { layers: [] }, { selected: null }),
    toggleBypass(uid) {
      const { layers } = get();
      const index = indexOf(uid);
      const before = layers[index];
      if (!before) return;
      const { bypassed, ...layer } = before;
      const label = bypassed ? `switch ${layer.spec.kind} on` : `switch ${idOf(uid)} off`;
      change(label, { layers: layers.with(index, bypassed ? layer : { ...layer, bypassed: true }) });
    },
    applyRepair(id, repair) {
      const what = repair.label.charAt(0).toLowerCase() + repair.label.slice(1);
      rearrange(id ? `repair ${id}: ${what}` : what, repairedLayers(get().layers, repair));
    },
    select: (uid) => set({ selected: uid }),
    loadSpec(json, { bypassed = [], settings, label } = {}) {
      const spec = parseModelSpec(json);
      const wanted = settings === undefined ? undefined : changeSettings(useRunStore.getState().settings, settings);
      const layers = spec.layers.map((layer, i): StackLayer => ({
        ...stackLayer(layer),
        ...(bypassed.includes(i) && { bypassed: true }),
      }));
      const { name, input, inputScaling } = spec;
      get().asOneStep(label ?? `open ${name}`, () => {
        change('', { name, input, inputScaling, layers }, { selected: null });
        if (wanted) get().setSettings(wanted);
      });
    },
    setSettings(settings) {
      const names = changedSettings(useRunStore.getState().settings, settings);
      if (names.length > 0) set(history(settingsLabel(names, settings), names.join()));
      useRunStore.setState({ settings });
    },
    asOneStep(label, run) {
      if (group) return run();
      typing.end();
      group = { label, begun: false };
      try {
        run();
      } finally {
        group = null;
      }
    },
    fitDataset({ height, width, channels, classes }) {
      const { data: before, input } = get();
      const data: ModelState['data'] = { shape: [height, width, channels], classes };
      // A network that did not fit the images before is meant for others, which a script may bring next.
      const follows = input.every((n, i) => n === before.shape[i]);
      const next: Stack = { ...stackOf(get()), ...(follows && inputFor(data.shape, get().inputScaling)) };
      set({ ...next, data, ...checkedStack(next, data, get().reports) });
    },
    fitInput: () => change('fit the input to the data', inputFor(get().data.shape, get().inputScaling)),
    scaleInput(given) {
      const { input, inputScaling: before = 'unit' } = get();
      const inputScaling = parseInputScaling(given, input[2]);
      if (JSON.stringify(inputScaling) === JSON.stringify(before)) return;
      const typed = isNormalization(before) && isNormalization(inputScaling);
      const part = { inputScaling: scalingPart(inputScaling).inputScaling };
      change(scalingLabel(inputScaling), part, { key: typed ? 'inputScaling' : '' });
    },
    undo: () => restore(undone(get(), snapshotOf(get()))),
    redo: () => restore(redone(get(), snapshotOf(get()))),
  };
});

/** The report of the layer with the given uid, or undefined. */
export function reportFor(state: Pick<ModelState, 'layers' | 'reports'>, uid: string | null): StackReport | undefined {
  return state.reports[state.layers.findIndex((layer) => layer.uid === uid)];
}
